#!/usr/bin/env node
// Draws one PromQL expression over the last minutes as an SVG: node draw.mjs URL EXPRESSION MINUTES FILE
import fs from 'node:fs';

const [, , url, expression, minutes, file] = process.argv;
if (!file) {
  console.error('usage: node draw.mjs http://127.0.0.1:9090 "count(asterisk_endpoints_state==2)" 60 operators.svg');
  process.exit(2);
}
const end = Date.now() / 1000;
const start = end - Number(minutes) * 60;
const step = Math.max(1, Math.round((end - start) / 300));
const parameters = new URLSearchParams({ query: expression, start: String(start), end: String(end), step: String(step) });
const { status, data, error } = await (await fetch(`${url}/api/v1/query_range?${parameters}`)).json();
if (status !== 'success' || data.result.length === 0) {
  console.error(error ?? 'no data');
  process.exit(1);
}
const [WIDTH, HEIGHT, LEFT, BOTTOM] = [720, 220, 44, 28];
const points = data.result[0].values.map(([at, value]) => [at, Number(value)]);
const top = Math.max(1, ...points.map(([, value]) => value)) * 1.15;
const x = (at) => LEFT + ((at - start) / (end - start)) * (WIDTH - LEFT - 12);
const y = (value) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - 34);
const steps = points.map(([at, value], i) => `${i ? `H${x(at).toFixed(1)}V` : `M${x(at).toFixed(1)},`}${y(value).toFixed(1)}`).join('');
const time = (at) => new Date(at * 1000).toISOString().slice(11, 16);
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const marks = [...new Set([0, Math.ceil(top / 2.3), Math.floor(top / 1.15)])];
fs.writeFileSync(file, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12">
<rect width="100%" height="100%" rx="10" fill="#fff"/>
<text x="${LEFT}" y="20" font-weight="600" fill="#15201b">${escaped(expression)}</text>
${marks.map((mark) => `<line x1="${LEFT}" x2="${WIDTH - 12}" y1="${y(mark)}" y2="${y(mark)}" stroke="#dbe3de"/><text x="${LEFT - 8}" y="${y(mark) + 4}" text-anchor="end" fill="#55645c">${mark}</text>`).join('\n')}
<path d="${steps}" fill="none" stroke="#0c7a5b" stroke-width="2"/>
<text x="${LEFT}" y="${HEIGHT - 8}" fill="#55645c">${time(start)}</text>
<text x="${WIDTH - 12}" y="${HEIGHT - 8}" text-anchor="end" fill="#55645c">${time(end)} UTC</text>
</svg>
`);
