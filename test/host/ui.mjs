// Does what a person does: installs the packed extension into a clean profile, opens Go code, reads a finding, takes a fix.
// Screenshots go to dist/screenshots/, to be looked at. Leaves {passed, failed, skipped, failures} in the file that
// MAPWARDEN_HOST_RESULT names.
//
//   node test/host/ui.mjs [--vsix file]

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, createReadStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installExtension, launchBrowser, profileLogs, startCodeServer, writeUserSettings } from './code-server.mjs';
import { installFonts, installChromium, installCodeServer, runsCodeServer } from './install.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const result = process.env.MAPWARDEN_HOST_RESULT ?? join(root, 'dist', 'host-ui.json');
const screenshots = join(root, 'dist', 'screenshots');
const given = process.argv.includes('--vsix') ? process.argv[process.argv.indexOf('--vsix') + 1] : undefined;
const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' };
const counts = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [], notes: [] };
mkdirSync(screenshots, { recursive: true });

if (!runsCodeServer()) finish(`the packed extension is tested in code-server, which needs Linux x64, not ${process.platform} ${process.arch}`);
try {
  installCodeServer();
  installChromium();
} catch (error) {
  finish(error.message);
}

const temporary = mkdtempSync(join(tmpdir(), 'mapwarden-ui-'));
const profile = { home: join(temporary, 'home'), userDataDir: join(temporary, 'profile'), extensionsDir: join(temporary, 'extensions') };
const workspace = join(temporary, 'samples');
for (const folder of [profile.home, profile.userDataDir, profile.extensionsDir]) mkdirSync(folder, { recursive: true });
cpSync(join(root, 'test', 'samples'), workspace, { recursive: true });
const cacheFile = join(workspace, 'go', 'cache', 'cache.go');

let server;
let browser;
let page;
let fonts;
let fontFaces = '';
try {
  await scenario();
} catch (error) {
  counts.failed++;
  counts.failures.push(`ui\n${error.stack}`);
}
if (counts.failed > 0) counts.failures.push(profileLogs(profile.userDataDir, 2000));
await browser?.close().catch(() => {});
server?.stop();
rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
finish();

async function scenario() {
  const vsix = given ?? join(temporary, 'mapwarden.vsix');
  if (!given) await step('the extension is packed', () => pack(vsix));
  await step('the packed extension installs into a clean profile', () => installExtension(profile, vsix));
  if (counts.failed > 0) return;

  [server, browser] = await Promise.all([
    startCodeServer({ ...profile, endsWhenIdle: true }),
    launchBrowser(),
  ]);
  await open({ 'workbench.colorTheme': 'Default Dark Modern', 'mapwarden.language': 'en' });
  await step('a finding is underlined after the file opens', () => openFile('go/cache/cache.go', 43, 'finding-dark-en'));
  if (counts.failed > 0) return;
  await step('the hover says what is wrong, in English', () => hoverFirstFinding('delete-loop', 'hover-dark-en'));
  await step('the quick-fix menu offers the fix, the ways to ignore it and the explanation', quickFixMenu);
  await step('the fix changes the file', applyFix);
  await step('the page of a rule opens without a network', explainPage);
  await step('the status item says that the server is ready and which Go version holds', statusItem);

  for (const [theme, language] of [['dark', 'en'], ['light', 'zh-cn']]) await tour(theme, language);
  // It edits a sample, and comes last for that.
  if (process.env.MAPWARDEN_FULL !== '1') {
    counts.skipped++;
    counts.skips.push('the tour in the light theme in English and in the dark one in Chinese: full run only');
    await walkthrough('dark');
    return;
  }
  for (const [theme, language] of [['light', 'en'], ['dark', 'zh-cn']]) await tour(theme, language);
  await walkthrough('light');
}

/** What is shown in each theme and language: hovers, cards, the choice of a strategy, pages. */
async function tour(theme, language) {
  const named = (name) => `${name}-${theme}-${language}`;
  const inWords = (english, chinese) => (language === 'en' ? english : chinese);
  await open({ 'workbench.colorTheme': themes[theme], 'mapwarden.language': language }, language !== 'en');
  await step(`a race is underlined and explained (${theme}, ${language})`, async () => {
    await openFile('go/dispatch/dispatch.go', 20, named('race'));
    await hoverText('plan[order.ID]', inWords('There is no automatic fix', '没有自动修复'), named('hover-race'));
  });
  await step(`a card says what guards the map and who else has it (${theme}, ${language})`, async () => {
    await goToLine(65);
    await hoverText('clear(b.picked)', inWords('whoever calls', '返回值的使用者'), named('card-go'));
  });
  await step(`the choice shows what follows from each strategy (${theme}, ${language})`, async () => {
    await page.keyboard.press('Escape');
    await goToLine(65);
    await quickInput('F1', 'Mapwarden: Choose a Clearing Strategy');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: inWords('delete loop', '删除循环') }).first().waitFor({ timeout: 15_000 });
    await page.waitForTimeout(300);
    await shot(named('choice-go'));
    // Up from the first is the last.
    await page.keyboard.press('ArrowUp');
    await page.waitForTimeout(300);
    await shot(named('choice-go-end'));
    await page.keyboard.press('Escape');
  });
  await step(`a report about a finding is a text to be read first (${theme}, ${language})`, async () => {
    await goToLine(20);
    await quickInput('F1', 'Mapwarden: Report a False Positive');
    await page.locator('.tab.active', { hasText: 'Untitled' }).waitFor({ timeout: 15_000 });
    await page.waitForTimeout(500);
    await shot(named('report'));
    await quickInput('F1', 'View: Revert and Close Editor');
  });
  await step(`a card and a choice in TypeScript (${theme}, ${language})`, async () => {
    // The race across the await comes with the whole project, a little later than the loop that the file shows by itself.
    await openFile('typescript/src/prices.ts', 8, named('typescript'), page.locator('.monaco-editor .squiggly-hint').nth(1));
    await goToLine(22);
    await hoverText('prices.clear()', inWords('everybody who holds it', '所有持有者'), named('card-typescript'));
    await page.keyboard.press('Escape');
  });
  await step(`pages in the language of the settings (${theme}, ${language})`, async () => {
    await explain('unsynchronized-access');
    await shown(inWords('Fix safety', '修复的安全性'));
    if (language !== 'en') await addFontToFrames();
    await shot(named('page-rule'));
    await explain('range-and-delete');
    await shown(inWords('Use it when', '适用'));
    if (language !== 'en') await addFontToFrames();
    await shot(named('page-strategy'));
    await scrollPage();
    await shot(named('page-strategy-end'));
    await quickInput('F1', 'Mapwarden: What the Document Says');
    await shown(inWords('section by section', '文档各节'));
    if (language !== 'en') await addFontToFrames();
    await shot(named('page-contents'));
  });
}

/** The editor's own language is English here: what the manifest says in Chinese is compared key by key elsewhere. */
async function walkthrough(theme) {
  const named = (name) => `${name}-${theme}-en`;
  await open({ 'workbench.colorTheme': themes[theme], 'mapwarden.language': 'en' });
  await step(`the walkthrough opens the sample, and leads to a choice and a snippet (${theme})`, async () => {
    await quickInput('F1', 'View: Close All Editor Groups');
    await quickInput('F1', 'Welcome: Open Walkthrough');
    await page.keyboard.type('Clear maps safely');
    await page.waitForTimeout(500);
    await page.keyboard.press('Enter');
    await page.locator('.getting-started-step', { hasText: 'See what is found' }).first().waitFor({ timeout: 15_000 });
    await page.waitForTimeout(800);
    await shot(named('walkthrough'));
    await page.locator('.getting-started-step a, .getting-started-step button', { hasText: 'Open the sample' }).first().click();
    await page.locator('.tab.active[data-resource-name="dispatch.go"]').waitFor({ timeout: 15_000 });
    await firstFinding().waitFor({ state: 'attached', timeout: 30_000 });
    await shot(named('walkthrough-sample'));
    for (const [title, link] of [['Choose a strategy', 'Choose for a map of the sample'], ['Write it right at once', 'Insert one into the sample']]) {
      await page.locator('.getting-started-step', { hasText: title }).first().click();
      await page.locator('.getting-started-step a, .getting-started-step button', { hasText: link }).first().click();
      const list = page.locator('.quick-input-list .monaco-list-row:visible, .suggest-widget.visible .monaco-list-row:visible').first();
      await list.waitFor({ timeout: 8_000 }).catch(async () => {
        // Where the page kept the focus, a person goes on from the word that was put there.
        await page.locator('.view-line', { hasText: /^mw$/ }).first().click();
        await page.keyboard.press('End');
        await page.keyboard.press('Control+Space');
        await list.waitFor({ timeout: 12_000 });
      });
      await page.waitForTimeout(800);
      await shot(named(title.startsWith('Choose') ? 'walkthrough-choice' : 'walkthrough-snippets'));
      await page.keyboard.press('Escape');
    }
    // Another window would open again what is not saved.
    await quickInput('F1', 'File: Revert File');
    await quickInput('F1', 'View: Close All Editor Groups');
  });
}

async function scrollPage() {
  await page.mouse.move(800, 400);
  for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, 400);
  await page.waitForTimeout(400);
}

/** Moves the cursor to the first character of a line that is not blank: an editor draws only what is in sight. */
async function goToLine(line) {
  await quickInput('Control+G', String(line));
  await page.keyboard.press('Home');
  await page.waitForTimeout(300);
}

/** Hovers a text in the code until the hover holds an expected one. */
async function hoverText(code, expected, name) {
  const line = page.locator('.monaco-editor .view-line', { hasText: code }).first();
  await line.waitFor({ timeout: 15_000 });
  for (let attempt = 0; ; attempt++) {
    const box = await line.evaluate((node, text) => {
      const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      for (let at = walker.nextNode(); at; at = walker.nextNode()) {
        if (!at.data.trim().startsWith(text)) continue;
        const range = document.createRange();
        range.selectNodeContents(at);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x, y, width, height };
      }
      return undefined;
    }, code.slice(0, code.search(/[^A-Za-z]/)));
    assert.ok(box, `no ${code} in sight`);
    await page.mouse.move(box.x + 200, box.y + 200);
    await page.waitForTimeout(200);
    await page.mouse.move(box.x + 8, box.y + box.height / 2, { steps: 5 });
    const found = page.locator('.monaco-hover', { hasText: expected }).first();
    const isThere = await found.waitFor({ timeout: 5000 }).then(() => true, () => false);
    // The first time its letters come after its size was measured.
    if (isThere && attempt > 0) break;
    assert.ok(attempt < 5, `no hover says ${expected}`);
    if (isThere) {
      await page.waitForTimeout(500);
      await page.keyboard.press('Escape');
    }
  }
  await page.waitForTimeout(300);
  await shot(name);
  // What the README shows, as client/media/finding.png.
  if (name === 'hover-race-dark-en') await page.screenshot({ path: join(screenshots, 'readme.png'), clip: { x: 304, y: 84, width: 890, height: 432 } });
  await page.keyboard.press('Escape');
}

/** Runs one step and counts it; a failed one leaves a screenshot. */
async function step(title, work) {
  const begun = Date.now();
  try {
    await work();
    counts.passed++;
    console.log(`ok   ${title} (${Date.now() - begun} ms)`);
  } catch (error) {
    counts.failed++;
    counts.failures.push(`${title}\n${error.stack}`);
    console.log(`FAIL ${title}: ${error.message}`);
    await shot(`failure-${counts.failed}`).catch(() => {});
    // What is left open would fail the next step as well.
    for (let i = 0; i < 3; i++) await page?.keyboard.press('Escape').catch(() => {});
  }
}

function pack(vsix) {
  const run = spawnSync(process.execPath, [join(root, 'server', 'tools', 'package.mjs'), vsix], { cwd: root, encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  const bytes = readFileSync(vsix).length;
  counts.notes.push(`packed extension: ${(bytes / 1e6).toFixed(2)} MB`);
  // vsce lists the files with their sizes.
  counts.notes.push(...run.stderr.split('\n').filter((line) => /\[[\d.]+ [KM]?B\]/.test(line)).map((line) => line.replace(/^[\s│├└─]+/, '')));
  assert.ok(bytes <= 3_000_000, `the packed extension has ${bytes} bytes, more than 3 MB`);
}

/** Serves a font with Chinese glyphs to the page and has texts fall back to it, so that screenshots can be read. */
async function addFont() {
  let folder;
  try {
    folder = installFonts();
  } catch (error) {
    counts.notes.push(`screenshots without Chinese glyphs: ${error.message}`);
    return;
  }
  fonts ??= await serveFonts(folder);
  const faces = ['400.css', '700.css'].map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  fontFaces = faces.replaceAll('url(./files/', `url(${fonts}/`);
  await page.route('**/test-font/*', (route) => route.fulfill({ path: join(folder, 'files', new URL(route.request().url()).pathname.split('/').at(-1)) }));
  const texts = '.monaco-workbench, .monaco-hover, .monaco-hover :not(.codicon), .action-widget :not(.codicon), .quick-input-widget :not(.codicon)';
  // The workbench takes fonts from where it comes from, and from nowhere else.
  await page.addStyleTag({ content: `${faces.replaceAll('url(./files/', `url(${new URL(server.url).origin}/test-font/`)}\n${texts} { font-family: system-ui, "Droid Sans", sans-serif, "Noto Sans SC" !important; }` });
}

/** The address of a server of font files. Requests of the extension's pages go through a worker and cannot be answered by the test itself. */
async function serveFonts(folder) {
  const files = createServer((request, response) => {
    const name = request.url.split('/').at(-1);
    response.writeHead(/^[\w-]+\.woff2?$/.test(name) ? 200 : 404, { 'access-control-allow-origin': '*' });
    createReadStream(join(folder, 'files', name)).on('error', () => response.end()).pipe(response);
  });
  await new Promise((resolve) => files.listen(0, '127.0.0.1', resolve));
  files.unref();
  return `http://127.0.0.1:${files.address().port}`;
}

/** Has the pages of the extension, which are frames, fall back to the font too. */
async function addFontToFrames() {
  const content = `${fontFaces}\nbody, body *, svg, svg text { font-family: "Noto Sans SC", sans-serif !important; } code, pre, code *, pre * { font-family: monospace, "Noto Sans SC" !important; }`;
  // A frame that is going away never answers, and another one has taken its place then.
  for (let attempt = 0; attempt < 3; attempt++) {
    const patience = page.waitForTimeout(2500);
    await Promise.all(page.frames().slice(1).map((frame) => Promise.race([patience, frame.evaluate((text) => {
      if (document.querySelector('style[data-test]')) return;
      const style = document.createElement('style');
      style.dataset.test = '';
      style.textContent = text;
      document.head.append(style);
    }, content).catch(() => {})])));
    await page.waitForTimeout(1000);
  }
  await page.waitForTimeout(800);
}

/**
 * A new window on the workspace, with these user settings.
 * @param bypassCSP lets a font into the extension's pages; what their policy forbids is then not seen
 */
async function open(settings, bypassCSP = false) {
  await page?.close();
  writeUserSettings(profile.userDataDir, { ...settings, 'editor.minimap.enabled': false, 'workbench.activityBar.location': 'hidden', 'window.commandCenter': false });
  page = await browser.newPage({ viewport: { width: 1200, height: 760 }, bypassCSP });
  await page.goto(`${server.url}?folder=${encodeURIComponent(workspace)}`, { waitUntil: 'domcontentloaded' });
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
  await addFont();
}

/** Opens a file and goes to the line of a finding: an editor draws only what is in sight. */
async function openFile(path, line, name, finding = firstFinding()) {
  const fileName = path.split('/').at(-1);
  await quickInput('Control+P', path, fileName);
  await page.locator(`.tab.active[data-resource-name="${fileName}"]`).waitFor({ timeout: 15_000 });
  await quickInput('Control+G', String(line));
  await finding.waitFor({ state: 'attached', timeout: 30_000 });
  await shot(name);
}

function firstFinding() {
  return page.locator('.monaco-editor .squiggly-warning, .monaco-editor .squiggly-info, .monaco-editor .squiggly-hint').first();
}

/** Opens a quick input by its keys, types and takes the first entry once it is there, and is the expected one where that is known. */
async function quickInput(keys, text, expected) {
  const input = page.locator('.quick-input-widget input');
  await page.keyboard.press(keys);
  await input.waitFor({ timeout: 15_000 });
  await page.keyboard.type(text);
  const first = page.locator('.quick-input-list .monaco-list-row[data-index="0"]');
  await (expected === undefined ? first : first.filter({ hasText: expected })).waitFor({ timeout: 30_000 });
  await page.waitForTimeout(400);
  await page.keyboard.press('Enter');
}

async function hoverFirstFinding(expected, name) {
  const { x, y, width, height } = await firstFinding().boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
  await page.mouse.move(x + width / 2 + 60, y + height / 2 + 160);
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
  const hover = page.locator('.monaco-editor .monaco-hover:not(.hidden), .monaco-resizable-hover .monaco-hover').first();
  await hover.waitFor({ timeout: 15_000 });
  await page.locator('.monaco-hover', { hasText: expected }).first().waitFor({ timeout: 15_000 });
  await shot(name);
  await page.keyboard.press('Escape');
}

async function quickFixMenu() {
  // VS Code drops the answer when an extension registers a provider meanwhile, as some do in their first seconds.
  for (let attempt = 0; ; attempt++) {
    await page.keyboard.press('Control+.');
    await page.waitForTimeout(1000);
    const titles = await page.locator('.action-widget .monaco-list-row').allTextContents();
    if (titles.some((title) => title.includes('clear(')) && titles.some((title) => /explain/i.test(title)) && titles.some((title) => /ignore/i.test(title))) break;
    assert.ok(attempt < 15, `the menu offers: ${titles.join(' | ') || 'nothing'}`);
    await page.keyboard.press('Escape');
  }
  await shot('quick-fix-dark-en');
}

async function applyFix() {
  const before = readFileSync(cacheFile, 'utf8');
  await page.keyboard.press('Enter');
  await page.locator('.action-widget:not(.action-list-submenu-panel)').waitFor({ state: 'hidden', timeout: 10_000 });
  await page.waitForTimeout(500);
  await page.keyboard.press('Control+S');
  for (let attempt = 0; readFileSync(cacheFile, 'utf8') === before; attempt++) {
    assert.ok(attempt < 50, 'the file on disk did not change');
    await page.waitForTimeout(100);
  }
  const after = readFileSync(cacheFile, 'utf8');
  assert.match(after, /clear\(c\.levels\)/);
  assert.ok(!after.includes('for k := range c.levels {\n\t\tdelete(c.levels, k)\n\t}'), after);
  await shot('fixed-dark-en');
}

async function explainPage() {
  await explain('delete-loop');
  await shown('Fix safety');
  await shot('explain-dark-en');
  await explain('copy-on-write');
  await shown('Copy on write behind');
  await shot('strategy-dark-en');
  await quickInput('F1', 'Mapwarden: What the Document Says');
  await shown('section by section');
  await shot('contents-dark-en');
  await quickInput('F1', 'View: Close All Editor Groups');
  await quickInput('Control+P', 'go/cache/cache.go', 'cache.go');
}

/** Chooses what to explain. Only the rows in view are there; typing brings the one that is meant into view. */
async function explain(topic) {
  const row = (text) => page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  await quickInput('F1', 'Mapwarden: Explain a Rule');
  await row('contents').waitFor({ timeout: 15_000 });
  await page.keyboard.type(topic);
  await row(topic).waitFor({ timeout: 15_000 });
  await page.waitForTimeout(300);
  await page.keyboard.press('Enter');
}

/** Waits until a panel shows a text. */
async function shown(text) {
  for (let attempt = 0; ; attempt++) {
    const texts = await Promise.all(page.frames().slice(1).map((frame) => frame.locator('body').innerText({ timeout: 1000 }).catch(() => '')));
    if (texts.some((own) => own.includes(text))) return;
    assert.ok(attempt < 40, `no panel shows ${text}`);
    await page.waitForTimeout(250);
  }
}

async function statusItem() {
  await page.locator('.statusbar-item[id="status.languageStatus"]').first().click({ timeout: 15_000 });
  const item = page.locator('.hover-language-status', { hasText: 'Mapwarden' }).first();
  await item.waitFor({ timeout: 15_000 });
  await page.locator('.hover-language-status', { hasText: 'Mapwarden: ready' }).first().waitFor({ timeout: 15_000 });
  await shot('status-dark-en');
  assert.match(await item.innerText(), /Go 1\.\d+/);
  await page.keyboard.press('Escape');
}

async function shot(name) {
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** Ends the run; with a reason, everything is skipped. */
function finish(reason) {
  if (reason !== undefined) {
    counts.skipped++;
    counts.skips.push(reason);
    console.log(`skipped: ${reason}`);
  }
  writeFileSync(result, JSON.stringify(counts));
  for (const failure of counts.failures) console.log(`\nFAILED ${failure}`);
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exit(counts.failed > 0 ? 1 : 0);
}
