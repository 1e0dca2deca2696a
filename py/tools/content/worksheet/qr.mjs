// Addresses as QR codes, when the site is built: a JSON list of texts on stdin, a list of {size, path} on stdout.
import { readFileSync } from "node:fs";
import { generate } from "lean-qr";

const drawn = JSON.parse(readFileSync(0, "utf8")).map((text) => {
  const code = generate(text);
  let path = "";
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  return { size: code.size, path };
});
process.stdout.write(JSON.stringify(drawn));
