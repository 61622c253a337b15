"""Chromium, driven as a person would: at a size, in a theme, with or without JavaScript, counting what was done."""

import contextlib
import importlib.util
import pathlib

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

SIZES = {"phone": (390, 844), "desk": (1280, 900)}


def axe_source():
    """axe-core, as PyPI's axe-playwright-python carries it."""
    place = pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).parent
    return (place / "axe.min.js").read_text()


class Browser:
    """One browser with one visitor."""

    def __init__(self, base, size="desk", script=True, language="ja"):
        self.base = base
        self.size = size
        self.script = script
        self.interactions = 0
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                     "--disable-background-networking", f"--lang={language}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        preferences = {"intl.accept_languages": language}
        if not script:
            preferences["profile.managed_default_content_settings.javascript"] = 2
        options.add_experimental_option("prefs", preferences)
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(60)
        self.resize(size)
        if not script:
            self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})

    def resize(self, size):
        self.size = size
        width, height = SIZES[size]
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"})

    def theme(self, name):
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": name}]})

    def close(self):
        self.driver.quit()

    # Looking

    def open(self, path):
        self.driver.get(self.base + path)

    @property
    def path(self):
        return self.driver.current_url[len(self.base):]

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def has(self, selector):
        return bool(self.all(selector))

    def one(self, selector):
        """The first element; waits for it."""
        return WebDriverWait(self.driver, 20).until(
            lambda driver: next(iter(driver.find_elements(By.CSS_SELECTOR, selector)), None),
            f"nothing at {selector} on {self.path}")

    def wait(self, holds, what):
        return WebDriverWait(self.driver, 30).until(lambda _: holds(), f"{what} on {self.path}")

    @property
    def text(self):
        return self.one("body").text

    @property
    def language(self):
        return self.one("html").get_attribute("lang")

    # Doing

    def _reveal(self, element):
        """Opens what the element is folded into."""
        for fold in reversed(element.find_elements(By.XPATH, "ancestor::details[not(@open)]")):
            fold.find_element(By.CSS_SELECTOR, "summary").click()
            self.interactions += 1

    def click(self, selector):
        element = self.one(selector)
        self._reveal(element)
        self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": ""})
        # Under a fixed header a centred element is always free.
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()
        self.interactions += 1

    def type(self, selector, text):
        element = self.one(selector)
        self._reveal(element)
        element.clear()
        element.send_keys(text)
        self.interactions += 1

    def choose(self, selector, index=None, value=None):
        element = self.one(selector)
        self._reveal(element)
        if value is None:
            Select(element).select_by_index(index)
        else:
            Select(element).select_by_value(value)
        self.interactions += 1

    def submit(self, selector):
        """Presses a button and waits for the page that comes of it."""
        before = self.one("html")
        self.click(selector)

        def gone():
            with contextlib.suppress(Exception):
                before.is_enabled()
                return False
            return True

        self.wait(gone, f"no new page after {selector}")

    def sign_in(self, path):
        self.open(path)
        self.submit("main form button")

    def speak(self, language):
        if self.language != language:
            self.submit(f"form[action='/language'] button[value='{language}']")
        assert self.language == language, f"{self.path} is in {self.language}, not {language}"

    # Judging

    def complaints(self):
        """What the browser's console says since the last look: errors and warnings."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def violations(self, source):
        """What axe-core finds on this page, at WCAG 2.2 AA and its best practices."""
        self.driver.execute_script(source)
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations), e => done([{id: String(e), nodes: []}]));")
        return [f"{one['id']}: {one.get('help', '')} at "
                + "; ".join(str(node["target"]) + " " + (node.get("failureSummary") or "").replace("\n", " ")[:160]
                            for node in one["nodes"][:3])
                for one in found]

    def weight(self):
        """Bytes of the page and all it loads, without fonts."""
        return self.driver.execute_script(
            "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
            ".filter(e => !/\\.woff2?$/.test(e.name)).reduce((sum, e) => sum + (e.encodedBodySize || 0), 0)")

    def overflows(self):
        """Whether the page must be moved sideways to be read."""
        return self.driver.execute_script(
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")

    def picture(self, file):
        """A screenshot of the whole page."""
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        shot = self.driver.execute_cdp_cmd(
            "Page.captureScreenshot",
            {"captureBeyondViewport": True,
             "clip": {"x": 0, "y": 0, "width": SIZES[self.size][0], "height": min(size["height"], 4000), "scale": 1}})
        import base64
        pathlib.Path(file).write_bytes(base64.b64decode(shot["data"]))
