"""The twelve main journeys. Each gets a signed-out browser and a fresh part of the exchange, and asserts what a person would
look for. They go by addresses and form names, never by words, so that they hold in every language."""

import re

HOSTILE = "<b>x</b><script>document.title='owned'</script>\u202e&amp;"


def member(exchange, place):
    """Somebody of the sample who has open matches, another one for each place."""
    rows = exchange.query(
        "SELECT DISTINCT p.email FROM participant p JOIN posting o ON o.owner_id = p.id "
        "JOIN match m ON m.need_id = o.id OR m.seed_id = o.id "
        "WHERE p.role = 'member' AND p.status = 'active' AND m.state = 'proposed' ORDER BY p.email").split("\n")
    return rows[place % len(rows)]


def owner(exchange, place):
    """Somebody with a published posting, another one for each place: mail address and posting."""
    rows = exchange.query(
        "SELECT p.email || ' ' || min(o.id) FROM participant p JOIN posting o ON o.owner_id = p.id "
        "WHERE p.role = 'member' AND p.status = 'active' AND o.state = 'published' GROUP BY p.email ORDER BY p.email").split("\n")
    return rows[place % len(rows)].split(" ")


def enter(browser, exchange, email, language):
    browser.sign_in(exchange.sign_in_path(email))
    browser.speak(language)


def first_link(browser, exchange, language):
    """1. The first administrator follows the printed link and sees what waits."""
    path = exchange.sign_in_path("admin@example.jp")
    browser.sign_in(path)
    browser.speak(language)
    browser.open("/desk")
    assert browser.has("main h1") and browser.has(".tasks"), "the overview shows no tasks"
    browser.submit("form[action='/sign-out'] button")
    browser.open(path)
    assert not browser.has("body.is-in"), "a link signed in twice"


def join(browser, exchange, language):
    """2. Somebody invited by the office follows the invitation, agrees and is in."""
    email = f"new-{language}-{browser.size}@example.jp"
    browser.open(exchange.invitation(email))
    browser.click("form[action^='/join/'] input[type=checkbox]")
    browser.submit("form[action^='/join/'] button.main")
    assert browser.has("body.is-in"), f"not signed in after joining: {browser.path}"
    assert exchange.query(f"SELECT status FROM participant WHERE email = '{email}'") == "active"


def password(browser, exchange, language):
    """3. A member sets a password, signs out, and comes back with it; a wrong one is refused without a hint."""
    email = member(exchange, 1)
    enter(browser, exchange, email, language)
    browser.open("/me")
    browser.type("form[action='/me/password'] [name=password]", "a long enough sentence 8")
    browser.submit("form[action='/me/password'] button")
    browser.submit("form[action='/sign-out'] button")
    browser.open("/sign-in")
    browser.type("form[action='/sign-in'] [name=account]", email)
    browser.type("form[action='/sign-in'] [name=password]", "wrong wrong wrong wrong")
    browser.submit("form[action='/sign-in'] button")
    assert not browser.has("body.is-in") and browser.has("[role=alert], .error"), "a wrong password is not answered"
    browser.type("form[action='/sign-in'] [name=account]", email)
    browser.type("form[action='/sign-in'] [name=password]", "a long enough sentence 8")
    browser.submit("form[action='/sign-in'] button")
    assert browser.has("body.is-in"), "the password does not open"
    browser.open("/")
    browser.submit("form[action='/sign-out'] button")
    browser.driver.back()
    browser.driver.refresh()
    assert not browser.has("body.is-in"), "the back button shows the page of somebody who signed out"


def post_need(browser, exchange, language):
    """4. A member posts a need and sees its first match in at most six interactions after signing in."""
    enter(browser, exchange, member(exchange, 2), language)
    browser.open("/")
    browser.interactions = 0
    browser.submit("a[href='/postings/new?kind=need']")
    browser.type("[name=title]", "日配品の期限切れを減らす発注がしたい")
    browser.type("[name=summary]", "血液製剤のように期限のあるものを、余らせず足りるように回す仕組みを探している")
    browser.choose("select[name=fields]", index=1)
    if browser.script:
        browser.wait(lambda: browser.has("#findings a, #findings li"), "nothing was found while typing")
    else:
        browser.submit("button[name=check]")
        assert browser.has("#findings a, #findings li"), "checking found nothing"
        assert browser.one("[name=title]").get_attribute("value"), "the form lost what was typed"
    assert browser.interactions <= 6, f"{browser.interactions} interactions until the first match was seen"
    browser.submit("button[name=submit]")
    assert re.match(r"/postings/need_", browser.path), browser.path
    assert browser.has(".state-in_review, .state-review, .state"), "no state is shown"


def refuse_form(browser, exchange, language):
    """5. A form sent empty says what is missing, keeps what was typed, and shows markup as text."""
    enter(browser, exchange, member(exchange, 3), language)
    browser.open("/postings/new?kind=seed")
    browser.type("[name=summary]", HOSTILE)
    browser.submit("button[name=submit]")
    assert browser.has("[aria-invalid=true]") and browser.has(".error"), "no field is marked"
    kept = browser.one("[name=summary]").get_attribute("value")
    assert "<script>" in kept, f"what was typed is gone: {kept!r}"
    browser.type("[name=title]", HOSTILE.replace("\u202e", ""))
    browser.type("[name=summary]", HOSTILE.replace("\u202e", ""))
    browser.choose("select[name=fields]", index=2)
    browser.submit("button[name=draft]")
    assert re.match(r"/postings/seed_", browser.path), browser.path
    assert "<b>x</b>" in browser.text and browser.driver.title != "owned", "markup was taken as markup"


def review(browser, exchange, language):
    """6. A coordinator publishes what waits for review."""
    owner = member(exchange, 4)
    enter(browser, exchange, owner, language)
    browser.open("/postings/new?kind=need")
    title = f"凍結した路面を夜のうちに見つけたい {language}{browser.size}"
    browser.type("[name=title]", title)
    browser.type("[name=summary]", "通学路の見回りを減らしたい")
    browser.choose("select[name=fields]", index=3)
    browser.submit("button[name=submit]")
    posting = browser.path.split("/")[2].split("?")[0]
    browser.submit("form[action='/sign-out'] button")
    enter(browser, exchange, "admin@example.jp", language)
    browser.open("/desk/review")
    browser.submit(f"a[href*='{posting}']")
    browser.submit("form[action$='/publish'] button")
    assert exchange.query(f"SELECT state FROM posting WHERE id = '{posting}'") == "published"


def interest(browser, exchange, language):
    """7. A member reads why two postings were matched and says that it is interesting."""
    enter(browser, exchange, member(exchange, 5), language)
    browser.open("/")
    browser.submit("article.match h3 a")
    match = browser.path.split("/")[2].split("?")[0].split("#")[0]
    if not browser.has("form[action$='/interest']"):
        browser.open(f"/matches/{match}")
    assert browser.has(".reasons li"), "no reason is given"
    browser.submit("form[action$='/interest'] button")
    assert browser.has(".answered, [role=status]"), "nothing says that the answer was taken"
    assert exchange.query("SELECT count(*) FROM introduction") != "0"


def refusal(browser, exchange, language):
    """8. A member refuses a match with a reason, and is not shown it again."""
    enter(browser, exchange, member(exchange, 6), language)
    browser.open("/")
    browser.submit("article.match h3 a")
    browser.click("form[action$='/refusal'] input[type=radio]")
    browser.submit("form[action$='/refusal'] button")
    assert browser.has(".answered, [role=status]"), "nothing says that the refusal was taken"


def pause(browser, exchange, language):
    """9. A member pauses a posting and takes it back."""
    email, posting = owner(exchange, 7)
    enter(browser, exchange, email, language)
    browser.open(f"/postings/{posting}")
    browser.submit("form[action$='/pause'] button")
    assert exchange.query(f"SELECT state FROM posting WHERE id = '{posting}'") == "paused"
    browser.submit("form[action$='/resume'] button")
    assert exchange.query(f"SELECT state FROM posting WHERE id = '{posting}'") == "published"


def people(browser, exchange, language):
    """10. A coordinator finds a participant and invites another."""
    enter(browser, exchange, "admin@example.jp", language)
    browser.open("/desk/participants")
    name = exchange.query("SELECT name FROM participant WHERE role = 'member' ORDER BY id LIMIT 1")
    browser.type("form input[name=q], form input[type=search], form [name=words]", name)
    browser.submit("main form button")
    assert name in browser.text, f"{name} was not found"


def profile(browser, exchange, language):
    """11. A member corrects the profile and takes the data home."""
    email = member(exchange, 8)
    enter(browser, exchange, email, language)
    browser.open("/me")
    browser.type("form[action='/me'] [name=phone]", "０８５７－２２－１２３４")
    browser.submit("form[action='/me'] button.main")
    assert not browser.has("[aria-invalid=true]"), "a full-width number was refused"
    assert exchange.query(f"SELECT phone FROM participant WHERE email = '{email}'"), "the number was not kept"
    assert browser.has("a[href='/me/export']")


def two_tabs(browser, exchange, language):
    """12. Two tabs edit one posting: the second sees both texts and loses neither."""
    email, posting = owner(exchange, 19)
    enter(browser, exchange, email, language)
    browser.open(f"/postings/{posting}/edit")
    first = browser.driver.current_window_handle
    browser.driver.switch_to.new_window("tab")
    browser.resize(browser.size)
    if not browser.script:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.open(f"/postings/{posting}/edit")
    browser.type("[name=summary]", "先に書いた人の概要")
    browser.submit("button[name=submit]")
    browser.driver.close()
    browser.driver.switch_to.window(first)
    browser.type("[name=summary]", "後から書いた人の概要")
    browser.submit("button[name=submit]")
    assert browser.has("[role=alert]"), "nobody says that the posting was changed meanwhile"
    assert "先に書いた人の概要" in browser.text, "the other's text is not shown"
    assert browser.one("[name=summary]").get_attribute("value") == "後から書いた人の概要", "one's own text is lost"


JOURNEYS = [first_link, join, password, post_need, refuse_form, review, interest, refusal, pause, people, profile, two_tabs]
