// @ts-nocheck  Vega's types leave out what it has for renderers of others
import { EventStream, parse, read, SVGStringRenderer, transforms, View } from "vega";

/** The parts of Vega that a picture is made with: by name, so that the bundle leaves out the others. @type {any} */
export const parts = { EventStream, parse, read, SVGStringRenderer, transforms, View };
