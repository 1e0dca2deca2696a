/** A button, as every part of the page makes them. */

/** @param {string} text  its accessible name @param {string} action  or "" @param {() => void} click */
export function makeButton(text, action, click) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  if (action) button.dataset.action = action;
  button.addEventListener("click", click);
  return button;
}
