// Looks at finished pages in a browser: what axe finds, whether anything is loaded from elsewhere or runs over the edge, and whether
// the printed page is whole, numbered and marked. Says everything that is wrong, and fails if anything is.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [into, ...files] = process.argv.slice(2);
mkdirSync(into, { recursive: true });

const POINTS_TO_A_MILLIMETRE = 72 / 25.4;
const MARGIN = 14 * POINTS_TO_A_MILLIMETRE;
const faults = [];

/** What axe finds at one width, and whether the page has to be pushed sideways to be read. */
async function looked(page, name) {
  for (const [size, width, height] of [['phone', 390, 844], ['desktop', 1280, 900]]) {
    await page.setViewport({ width, height });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    }));
    for (const { id, help, nodes } of violations) {
      faults.push(`${name}, ${size}: ${id}, ${help}: ${nodes.slice(0, 3).map((node) => node.html).join(' | ')}`);
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) faults.push(`${name}, ${size}: runs ${over} pixels over the edge`);
    await page.screenshot({ path: path.join(into, `${name}-${size}.png`), fullPage: false });
  }
}

/** The words of a printed page with their places, in points. */
function words(pdf, number) {
  const xml = execFileSync('pdftotext', ['-bbox', '-f', `${number}`, '-l', `${number}`, pdf, '-'], { encoding: 'utf8' });
  const [, width, height] = /<page width="([\d.]+)" height="([\d.]+)"/.exec(xml).map(Number);
  const word = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g;
  const found = [...xml.matchAll(word)].map(([, left, top, right, bottom, text]) => ({
    left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom), text,
  }));
  return { width, height, found };
}

/** That every page is A4, says which it is and what must not be overlooked, and keeps its words within its margins. */
async function printed(page, name) {
  const pdf = path.join(into, `${name}.pdf`);
  await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
  const info = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
  const pages = Number(/Pages:\s+(\d+)/.exec(info)[1]);
  if (!/Page size:.*A4/.test(info)) faults.push(`${name}, paper: it is not A4`);
  const marks = await page.$$eval('.badge', (badges) => badges.map((badge) => badge.textContent.toUpperCase()));
  for (let number = 1; number <= pages; number += 1) {
    const { width, found } = words(pdf, number);
    const text = found.map((word) => word.text).join(' ');
    if (!text.includes(`Page ${number} of ${pages}`)) faults.push(`${name}, paper: page ${number} has no number`);
    for (const mark of marks.filter((mark) => !text.includes(mark))) {
      faults.push(`${name}, paper: page ${number} does not say ${mark}`);
    }
    const outside = found.filter((word) => word.left < MARGIN - 2 || word.right > width - MARGIN + 2);
    if (outside.length > 0) {
      faults.push(`${name}, paper: page ${number} is cut at "${outside.slice(0, 5).map((word) => word.text).join(' ')}"`);
    }
  }
  // Whatever a cell holds stands on paper too.
  const paper = execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' }).replace(/\s+/g, '');
  const cells = await page.$$eval('td .value', (values) => values.map((value) => value.textContent));
  const lost = cells.filter((cell) => cell.split(/\s+/).some((word) => !paper.includes(word)));
  if (lost.length > 0) faults.push(`${name}, paper: lost "${lost.slice(0, 3).join('", "')}"`);
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
for (const file of files) {
  const leads = path.basename(file) === 'index.html';
  const name = leads ? `${path.basename(path.dirname(file))}-index` : path.basename(file, '.html');
  const page = await browser.newPage();
  const address = pathToFileURL(path.resolve(file)).href;
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) {
      faults.push(`${name}: asks for ${request.url()}`);
    }
  });
  page.on('pageerror', (error) => faults.push(`${name}: ${error}`));
  await page.goto(address);
  if (await page.$('script')) faults.push(`${name}: has a script`);
  await looked(page, name);
  // The page that leads to the others is for screens.
  if (!leads) await printed(page, name);
  await page.close();
}
await browser.close();
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exit(faults.length > 0 ? 1 : 0);
