// Whatever a chart does beside being drawn is written down: `window.tryCharts(specs, draw)` says what it was.
async ([base, secret]) => {
  localStorage.setItem("secret", secret);
  document.title = secret;
  const { Chart } = await import(`${base}runtime/chart/chart.mjs`);
  await Chart.load();
  const place = document.body.appendChild(document.createElement("div"));
  const seen = [];
  const note = (what, answer) => {
    if (seen.length < 20) seen.push(what);
    return answer;
  };
  window.pwned = (number) => note(`ran ${number}`);
  const storage = localStorage;
  Object.defineProperty(window, "localStorage", {
    configurable: true,
    get: () => note("read localStorage", storage),
  });
  const title = Object.getOwnPropertyDescriptor(Document.prototype, "title");
  Object.defineProperty(document, "title", {
    configurable: true,
    get: () => note("read the title", title.get.call(document)),
  });
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    const isOwn =
      this instanceof MediaQueryList ||
      (this instanceof Node && (place.contains(this) || !this.isConnected) && this !== document);
    if (!isOwn) note(`listens to ${type} of ${this?.constructor?.name}`);
    return listen.call(this, type, ...rest);
  };
  const interval = window.setInterval;
  window.setInterval = (...all) => note("set a timer", interval(...all));
  HTMLAnchorElement.prototype.dispatchEvent = HTMLAnchorElement.prototype.click = function () {
    note(`leads to ${this.href}`);
  };
  window.open = (...all) => note(`opens ${all}`);
  const fetched = window.fetch;
  window.fetch = (...all) => note(`fetches ${all}`, fetched(...all));
  const Picture = window.Image;
  // biome-ignore lint/complexity/useArrowFunction: it is called with new
  window.Image = function () {
    note("loads an image");
    return new Picture();
  };
  const owns = () =>
    [Object.prototype, Array.prototype, Object, Function.prototype]
      .map((one) => Reflect.ownKeys(one).map(String).join())
      .join();
  const before = owns();
  const watch = new MutationObserver((records) => {
    for (const { target } of records) if (!place.contains(target)) note(`changed <${target.nodeName}> of the page`);
  });
  const addresses = /^(src|srcset|href|xlink:href|action|formaction|poster|background|data|cite|ping|xml:base)$/i;
  const examine = (figure) => {
    for (const node of figure.querySelectorAll("*")) {
      if (
        !/^(p|pre|strong|svg|g|path|rect|line|circle|text|tspan|title|defs|clipPath|linearGradient|stop)$/.test(
          node.localName,
        )
      )
        note(`<${node.localName}>`);
      for (const { name, value } of node.attributes) {
        if (/^on/i.test(name) || addresses.test(name) || /url\s*\((?!#(clip|gradient|chart))/i.test(value))
          note(`${name}=${value}`);
      }
    }
    if (figure.textContent.includes(secret)) note("shows the secret");
  };
  const poke = (figure) => {
    for (const type of ["keydown", "pointermove", "pointerdown", "pointerup", "click", "input", "wheel"]) {
      const make = { keydown: KeyboardEvent, input: InputEvent, wheel: WheelEvent }[type] ?? PointerEvent;
      const event = () => new make(type, { key: secret, bubbles: true, cancelable: true, view: window });
      window.dispatchEvent(event());
      for (const node of [...figure.querySelectorAll("svg, svg path, svg text, svg rect")].slice(0, 30))
        node.dispatchEvent(event());
    }
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 15));
  await settle();
  watch.observe(document, { childList: true, subtree: true, attributes: true });
  window.tryCharts = async (specs, draw) => {
    const told = { seen: [], drawn: 0, refused: 0, neither: [], longest: 0 };
    const figures = [];
    for (const spec of specs) {
      const figure = place.appendChild(document.createElement("figure"));
      figure.setAttribute("aria-label", "in words");
      const began = performance.now();
      await draw(figure, spec);
      told.longest = Math.max(told.longest, performance.now() - began);
      examine(figure);
      if (figure.querySelector("svg")) told.drawn++;
      else if (figure.querySelector("[data-part=refused]")) told.refused++;
      else told.neither.push(JSON.stringify(spec)?.slice(0, 300));
      figures.push(figure);
    }
    for (const figure of figures) poke(figure);
    await settle();
    for (const figure of figures) examine(figure);
    place.replaceChildren();
    watch.takeRecords();
    if (owns() !== before) note("changed a prototype");
    told.seen = [...new Set(seen.splice(0))];
    return told;
  };
  window.asChart = (figure, spec) => new Chart(figure).show(spec);
  window.withoutTheTable = async (figure, spec) => {
    const { Picture, drawing } = await import(`${base}vendor/vega.mjs`);
    try {
      const picture = new Picture(spec);
      figure.replaceChildren(drawing(await picture.draw(new Map())));
    } catch (error) {
      console.info(String(error));
      figure.innerHTML = "<p data-part=refused></p>";
    }
  };
};
