"""Where a browser puts the texts of pictures: none on another, none outside, in light and in dark.

pictures.py CHROMIUM FILE.svg...
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SCRIPT = """
<script>
const found = [];
for (const svg of document.querySelectorAll("svg")) {
  const frame = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()]);
  const faults = [];
  boxes.forEach(([a, p], n) => {
    if (p.left < frame.left || p.right > frame.right || p.top < frame.top || p.bottom > frame.bottom)
      faults.push(`${a} leaves the picture`);
    for (const [b, q] of boxes.slice(0, n))
      // A line's box has room above and below its letters, which may touch that of the next.
      if (p.left < q.right && q.left < p.right && p.top + p.height * .2 < q.bottom && q.top + q.height * .2 < p.bottom)
        faults.push(`${a} is on ${b}`);
  });
  const style = name => getComputedStyle(svg.querySelector(name)).fill;
  found.push({ texts: boxes.length, ground: style("rect"), ink: boxes.length ? style("text") : "", faults });
}
document.body.textContent = "RESULT" + JSON.stringify(found) + "END";
</script>
"""


def own(number, file):
    """A picture whose id is its own, since several of one name share the page."""
    text = Path(file).read_text()
    name = re.search(r' id="(\w+)"', text).group(1)
    return text.replace(f'id="{name}"', f'id="p{number}"', 1).replace(f"#{name} ", f"#p{number} ")


chromium, *files = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    page = Path(folder) / "page.html"
    pictures = "".join(own(number, file) for number, file in enumerate(files))
    page.write_text("<!doctype html><meta charset=utf-8><body>" + pictures + SCRIPT)
    for scheme, number, ground in [("light", 1, "rgb(255, 255, 255)"), ("dark", 0, "rgb(13, 17, 23)")]:
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += [f"--blink-settings=preferredColorScheme={number}", "--dump-dom", str(page)]
        dom = subprocess.run(command, capture_output=True, text=True, timeout=120).stdout
        text = dom.split("RESULT", 2)[-1].split("END")[0]
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        try:
            found = json.loads(text)
        except json.JSONDecodeError:
            sys.exit(f"Chromium has not opened the page: {dom[-300:]!r}")
        assert len(found) == len(files), (len(found), len(files))
        for file, picture in zip(files, found):
            if picture["faults"]:
                sys.exit(f"{file}, {scheme}: {'; '.join(picture['faults'][:5])}")
            if picture["ground"] != ground:
                sys.exit(f"{file}: the ground is {picture['ground']} in {scheme}")
        print(f"Chromium, {scheme}: {len(files)} pictures, {sum(p['texts'] for p in found)} texts, none hidden")
