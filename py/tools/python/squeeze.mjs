/**
 * Compresses files by zstd, as far as it goes in reasonable time.
 *
 *     node squeeze.mjs <job.json>
 *
 * The job: `window` (the logarithm of its bytes), `jobs`, a list of [source, target, level].
 */

import fs from "node:fs";
import { promisify } from "node:util";
import zlib from "node:zlib";

const { window, jobs } = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const { ZSTD_c_compressionLevel, ZSTD_c_windowLog } = zlib.constants;
const squeeze = promisify(zlib.zstdCompress); // side by side, on all the machine's cores
await Promise.all(
  jobs.map(async (/** @type {[string, string, number]} */ [source, target, level]) => {
    const params = { [ZSTD_c_compressionLevel]: level, [ZSTD_c_windowLog]: window };
    fs.writeFileSync(target, await squeeze(fs.readFileSync(source), { params }));
  }),
);
