const { exec } = require("node:child_process");
const path = require("node:path");
const { promisify } = require("node:util");

const run = promisify(exec);

async function extractAudio(video, folder) {
  const audio = path.join(folder, `${path.parse(video).name}.m4a`);
  await run(`ffmpeg -nostdin -i "file:${video}" -vn -c:a copy "file:${audio}"`, { timeout: 10 * 60_000 });
  return audio;
}

module.exports = { extractAudio };
