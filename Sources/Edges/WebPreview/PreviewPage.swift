import WebCommon

/// The page that shows what came in, newest last.
enum PreviewPage {
    static func html(_ messages: [ReceivedMessage], nonce: PageNonce) -> String {
        let list = messages.map(MessageHTML.bubble).joined()
        let empty = """
            <p class="empty">Nothing has come in yet. Point a channel at <code>/hooks/NAME</code> of this address,
            for example <code>http://127.0.0.1:8090/hooks/alerts</code>.</p>
            """
        return """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Channel preview</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <noscript><meta http-equiv="refresh" content="5"></noscript>
            <style nonce="\(nonce.value)">\(style)</style></head><body>
            <header class="top"><h1>Channel preview</h1><p>\(count(messages)). What a chat channel would show;
            newest last.</p></header><main>\(messages.isEmpty ? empty : list)</main><div id="end"></div>
            <script nonce="\(nonce.value)">\(script(messages.last?.number ?? 0))</script></body></html>
            """
    }

    private static func count(_ messages: [ReceivedMessage]) -> String {
        messages.count == 1 ? "1 message" : "\(messages.count) messages"
    }

    /// Stays at the end when one is there, and loads the page anew when something has come in. Without script the page
    /// does so every five seconds.
    private static func script(_ number: Int) -> String {
        """
        if(!location.hash)document.getElementById("end").scrollIntoView();
        setInterval(async()=>{try{const n=await(await fetch("/latest")).text();
        if(n!=="\(number)")location.reload()}catch{}},2000);
        """
    }

    /// Nothing is loaded from elsewhere; the script may only ask this service.
    static func policy(_ nonce: PageNonce) -> String {
        "default-src 'none'; style-src 'nonce-\(nonce.value)'; script-src 'nonce-\(nonce.value)'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    }

    private static let style = """
        :root{color-scheme:light dark;
        --ink:#1c2530;--paper:#f3f5f4;--card:#fff;--line:#d8dddb;--link:#0b5c8a;--calm:#5b6872;
        --accent:#1f7a5c}
        @media(prefers-color-scheme:dark){:root{
        --ink:#e5e9ec;--paper:#12171b;--card:#1b2227;--line:#333e46;--link:#83c8f0;
        --calm:#9aa7b0;--accent:#6fd0ab}}
        body{
        font:16px/1.6 system-ui,"Noto Sans CJK JP","Noto Sans JP","Noto Sans KR","Noto Sans SC",
        sans-serif;margin:0 auto;
        max-width:46rem;padding:1rem;color:var(--ink);background:var(--paper)}a{color:var(--link)}
        h1{font-size:1.3rem;margin:0}.top p,.context,time,.number,.empty{color:var(--calm);font-size:.85rem}
        article{
        background:var(--card);border:1px solid var(--line);border-radius:.3rem .9rem .9rem .9rem;padding:.8rem 1rem;
        margin:1rem 0;overflow-wrap:anywhere}article>header{display:flex;flex-wrap:wrap;gap:.7rem;align-items:baseline}
        .number{margin-left:auto;text-decoration:none}h2{font-size:1.05rem;margin:.5rem 0}p{margin:.45rem 0}
        .bridge{display:inline-block;border-left:4px solid var(--accent);padding:.1rem .6rem}
        .quote,blockquote{display:block;border-left:4px solid var(--line);margin:0;padding:.1rem .7rem}
        .head{font-size:1.05rem}.fields{display:grid;grid-template-columns:1fr 1fr;gap:.4rem}
        .button{display:inline-block;border:1px solid var(--line);border-radius:.4rem;padding:.2rem .8rem;
        text-decoration:none}.primary{border-color:var(--accent);color:var(--accent);font-weight:600}
        .signed{color:var(--accent);font-size:.85rem}.ping{background:var(--line);border-radius:.2rem;padding:0 .2rem}
        details{margin-top:.5rem;font-size:.85rem;color:var(--calm)}pre{overflow-x:auto;white-space:pre-wrap}
        """
}
