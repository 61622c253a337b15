// Makes pages livelier; every page works without it. No texts stand here.
(() => {
  "use strict";
  const main = document.getElementById("main");

  // After a form came back with problems, the list of them gets the focus.
  const problems = document.getElementById("problems");
  if (problems) problems.focus();

  // A form is sent once, however often the button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });
  window.addEventListener("pageshow", (event) => {
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
    // Back after signing out must not show what was there.
    if (event.persisted && document.body.classList.contains("is-in")) location.reload();
  });

  // What is to be copied is selected by one press.
  document.querySelectorAll("[data-select]").forEach((field) => {
    field.addEventListener("focus", () => field.select());
  });

  // Menus close when something else is pressed.
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // How much of a text's limit is left, counted as the server counts: in Unicode characters.
  document.querySelectorAll("[data-limit]").forEach((field) => {
    const limit = Number(field.dataset.limit);
    const shown = document.createElement("span");
    shown.className = "count-left";
    shown.setAttribute("aria-hidden", "true");
    field.insertAdjacentElement("afterend", shown);
    const count = () => {
      const used = [...field.value.trim()].length;
      shown.textContent = used > limit * 0.7 ? used + " / " + limit : "";
      shown.classList.toggle("is-over", used > limit);
    };
    field.addEventListener("input", count);
    count();
  });

  // Parts that are drawn anew while somebody types: the form is sent as for its check button, and the answer's part
  // takes the place of the old one.
  document.querySelectorAll("form[data-check]").forEach((form) => {
    const place = document.getElementById(form.dataset.check);
    if (!place) return;
    let timer = 0, running = null, last = "";
    const check = async () => {
      const body = new URLSearchParams(new FormData(form));
      body.set("check", "1");
      const now = body.toString();
      if (now === last) return;
      last = now;
      if (running) running.abort();
      running = new AbortController();
      try {
        const answer = await fetch(form.action, {
          method: "POST", body, headers: { "X-Fragment": form.dataset.check }, signal: running.signal
        });
        if (answer.ok) place.innerHTML = await answer.text();
      } catch (error) { /* offline or overtaken: the check button still works */ }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(check, 450); });
  });

  // Lists that live: the server says that something happened, the page is read again and its living parts replaced.
  const living = () => document.querySelectorAll("[data-live][id]");
  if (living().length && window.EventSource) {
    let known = null, waiting = 0;
    const renew = async () => {
      if (document.hidden || (main && main.querySelector("[data-live] :focus"))) { waiting = 1; return; }
      waiting = 0;
      try {
        const answer = await fetch(location.href, { headers: { "Accept": "text/html" } });
        if (!answer.ok || answer.redirected) return;
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        living().forEach((part) => {
          const next = fresh.getElementById(part.id);
          if (next && next.innerHTML !== part.innerHTML) {
            part.replaceChildren(...next.childNodes);
            part.classList.add("fresh");
            setTimeout(() => part.classList.remove("fresh"), 1200);
          }
        });
      } catch (error) { /* the next message tries again */ }
    };
    const source = new EventSource("/live");
    source.onmessage = (event) => {
      if (known !== null && known !== event.data) renew();
      known = event.data;
    };
    document.addEventListener("visibilitychange", () => { if (!document.hidden && waiting) renew(); });
    window.addEventListener("pagehide", () => source.close());
  }
})();
