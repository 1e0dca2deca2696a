/** What the lab says of a training. */

import { decimal, say } from "../../words/say.mjs";

/** @import { Report, Tests } from "./answers.mjs" */

export const OPENING = say("Press Train: the network learns from 8,000 photographs that your browser makes now.");
export const LATER = say("This counts from the beginning of a training: Reset, then Train.");
export const RAN_AWAY = say(
  "The loss is no number any more: the steps were so large that they threw the weights ever further away. " +
    "Take a smaller learning rate, press Reset, then Train.",
);

/** @param {number | null} value */
const percent = (value) => `${decimal((100 * (value ?? 0)).toFixed(1))} %`;

/** @param {Report} report @param {number} saved  when, in milliseconds */
export function backWords({ step, epoch, n_epochs, is_done }, saved) {
  const when = new Date(saved).toLocaleString(say("en-GB"), { dateStyle: "medium", timeStyle: "short" });
  const way = say(is_done ? "It is ready for the stream." : "Resume goes on from there.");
  const back = say("Back from {when}: what it had learned by step {step}, epoch {epoch} of {n_epochs}.", {
    ...{ when, step, epoch, n_epochs },
  });
  return `${back} ${way} ${say("Reset begins anew.")}`;
}

/** @param {Report} report @param {Tests | undefined} tests */
export function endWords({ is_done, step }, tests) {
  const end = is_done ? say("Trained.") : say("Paused at step {step}; what it learned is kept.", { step });
  if (!tests) return end;
  const [known, others] = [tests.test, tests.new_breeds].map(({ accuracy }) => percent(accuracy));
  const names = say("It names {known} of new photographs of known breeds correctly, and {others} of new breeds.", {
    ...{ known, others },
  });
  return `${end} ${names}`;
}

/** @param {Report} report @param {string} left */
export const epochWords = ({ epoch, n_epochs }, left) =>
  say("Epoch {epoch} of {n_epochs}, {left}.", { epoch, n_epochs, left });

/** @param {Report} report */
export const stepWords = ({ step, losses }) =>
  say("Step {step}: the loss of its batch was {loss} nats.", {
    ...{ step, loss: decimal(losses.at(-1)?.toFixed(4) ?? say("unknown")) },
  });

/** @param {string} file @param {Report} report @param {Tests | undefined} tests */
export function loadedWords(file, { is_done, step, n_steps }, tests) {
  const values = { file, step, n_steps, share: percent(tests?.test.accuracy ?? 0) };
  return say(
    is_done
      ? "{file} is loaded: trained, {share} right on known breeds."
      : "{file} is loaded: at step {step} of {n_steps}, {share} right on known breeds.",
    values,
  );
}

/** @param {Error} error @param {boolean} isThere  a network that has learned */
export function troubleWords(error, isThere) {
  const words = error.message.replace(/^\w*(Error|Exception): /, "");
  const sentence = words.charAt(0).toUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? "" : ".");
  return isThere ? `${sentence} ${say("The network is as it was.")}` : sentence;
}

/** @param {Error} error  that ended Python in the middle */
export const lostWords = ({ message }) =>
  say("Python ended in the middle ({message}). A fresh one goes on from what was kept.", { message });

/** @param {Report} report */
export const foundWords = ({ step }) =>
  say("Python ended in the middle. A fresh one goes on from step {step}, the last that was kept.", { step });
