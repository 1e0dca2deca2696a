"""What a screen reader would say unasked, written down: every change of a live region, whoever makes it."""

from playwright.sync_api import Page

LOG = """() => {
  window.told = [];
  window.toldBy?.disconnect(); // of an earlier test in a long visit
  const LIVE = "[aria-live], [role=status], [role=alert], [role=log], [role=timer], output";
  const isLive = (region) => region.getAttribute("aria-live") !== "off" && !region.closest("[aria-busy=true]");
  const byRole = (region) => String(region.matches("[role=status], [role=alert]"));
  const isAtomic = (region) => (region.getAttribute("aria-atomic") ?? byRole(region)) === "true";
  const tell = (region, text) => {
    const words = text.replace(/\\s+/g, " ").trim();
    if (words && isLive(region)) window.told.push(words);
  };
  window.toldBy = new MutationObserver((changes) => {
    const whole = new Set();
    for (const { type, target, addedNodes } of changes) {
      const region = (target instanceof Element ? target : target.parentElement)?.closest(LIVE);
      if (region && isAtomic(region)) whole.add(region);
      else if (region && type === "characterData") tell(region, target.data);
      else if (region) for (const node of addedNodes) tell(region, node.textContent);
      else {
        for (const node of addedNodes) { // what comes with its words in it is told if it is an alert
          if (!(node instanceof Element)) continue;
          for (const one of node.querySelectorAll("[role=alert]")) tell(one, one.textContent);
          if (node.matches("[role=alert]")) tell(node, node.textContent);
        }
      }
    }
    for (const region of whole) tell(region, region.textContent);
  });
  window.toldBy.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
}"""


QUIET = """(quiet) => {
  if (window.toldCount !== window.told.length) window.toldAt = performance.now();
  window.toldCount = window.told.length;
  return performance.now() - window.toldAt > quiet;
}"""


def listen(page: Page) -> None:
    """Begin to write down, once what an earlier test did has been told."""
    page.evaluate(LOG)
    page.evaluate("() => { window.toldCount = -1; }")
    page.wait_for_function(QUIET, arg=500, timeout=90_000)
    heard(page)


def heard(page: Page) -> list[str]:
    """Hand out what was told since the last time."""
    return list(page.evaluate("() => window.told.splice(0)"))


def until_quiet(page: Page, milliseconds: int = 1000) -> list[str]:
    """Wait until something was told and then nothing for so long, and hand it out."""
    page.wait_for_function("() => window.told.length > 0", timeout=90_000)
    page.wait_for_function(QUIET, arg=milliseconds, timeout=90_000)
    return heard(page)


def until_told(page: Page, words: str) -> None:
    """Wait until this is among what was told, however long a start of Python takes, and hand out nothing."""
    page.wait_for_function("words => window.told.some((one) => one.includes(words))", arg=words, timeout=90_000)
