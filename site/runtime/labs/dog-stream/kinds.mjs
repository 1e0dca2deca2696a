/** The kinds that pictures show, in the order of the network's outputs: `primer.KINDS`. */

export const KINDS = ["toaster", "bird", "cat", "dog"];
export const DOG = KINDS.indexOf("dog");
