import HTTPTypes
import WebCommon

/// The frame and the one style sheet of the pages for people who program against the service.
enum PageFrame {
    static func html(title: String, body: String, nonce: PageNonce) -> String {
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(title.htmlEscaped)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style nonce="\(nonce.value)">\(style)</style></head><body>\(body)</body></html>
        """
    }

    private static let style = """
        :root{color-scheme:light dark;--ink:#1d2730;--paper:#fbfbf9;--line:#d5d9dc;--link:#0b5c8a;--soft:#eef1f3}
        @media(prefers-color-scheme:dark){:root{
        --ink:#e4e8eb;--paper:#14191d;--line:#38424a;--link:#7cc4ee;--soft:#1f272d}}
        body{font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:62rem;margin:0 auto;
        padding:1.5rem}a{color:var(--link)}h1{font-size:1.7rem}h2{margin-top:2.2rem;border-bottom:1px solid var(--line)}
        nav h2{font-size:1rem;margin:.9rem 0 .2rem;border:0}nav ul{margin:0;padding-left:1.1rem}section{margin:1.6rem 0}
        section:target{outline:3px solid var(--link);outline-offset:.6rem}h3{font-size:1.05rem;overflow-wrap:anywhere}
        table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}caption{text-align:left;font-weight:600}
        th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}
        pre{background:var(--soft);padding:.8rem;overflow-x:auto}code,pre{font:.9em ui-monospace,monospace}
        .method{color:var(--link)}.quiet{font-size:.9em}em{font-size:.85em;opacity:.8}
        """
}

/// The pages that explain the kinds of problems.
enum ProblemPages {
    static func list(_ nonce: PageNonce) -> String {
        var body =
            "<header><h1>Problems</h1><p>What the service says when it cannot do what was asked.</p></header><main>"
        for kind in ProblemKind.allCases { body += section(kind, "h2") }
        return PageFrame.html(title: "Problems", body: body + "</main>", nonce: nonce)
    }

    static func page(_ kind: ProblemKind, _ nonce: PageNonce) -> String {
        let back = "<p><a href=\"/problems\">All problems</a> · <a href=\"/api/v1\">Reference</a></p>"
        return PageFrame.html(title: kind.title, body: "<main>\(section(kind, "h1"))\(back)</main>", nonce: nonce)
    }

    private static func section(_ kind: ProblemKind, _ heading: String) -> String {
        """
        <section id="\(kind.rawValue)"><\(heading)>\(kind.title.htmlEscaped)</\(heading)>
        <p><code>\(kind.uri)</code>, status \(kind.status.code)</p>
        <p>\(kind.explanation.htmlEscaped)</p><p>What to do: \(kind.advice.htmlEscaped)</p></section>
        """
    }
}
