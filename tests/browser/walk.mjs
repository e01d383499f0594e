// Walks through the pages of `gangmu serve` in a real browser, at two sizes, in light and
// dark, with and without a script; every page is looked at by axe-core and must say nothing
// on the console. Usage: node walk.mjs GANGMU [FOLDER FOR PICTURES]
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const gangmu = path.resolve(process.argv[2] ?? path.join(root, "target/debug/gangmu"));
const pictures = process.argv[3];
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gangmu-browser-"));
const sizes = { narrow: { width: 375, height: 812 }, wide: { width: 1440, height: 900 } };
const paths = [
  "/",
  "/search?q=生态",
  "/search?q=生态&agency=辽宁省生态环境厅&exact=true",
  "/search?q=没有这样的词语吧",
  "/search?q=\"",
  "/search",
  "/documents",
  "/documents/liaoning-meili-2024",
  "/documents/liaoning-meili-2024/c3.m7",
  "/documents/mistyped-label",
  "/tasks",
  "/tasks?agency=省生态环境厅",
  "/tasks?agency=省水务厅",
  "/tasks?document=liaoning-meili-2024",
  "/agencies?document=liaoning-meili-2024",
  "/targets",
  "/targets?indicator=细颗粒物",
  "/documents/nothing-here",
];

let n_checks = 0;
const complaints = [];
const done = (what) => { n_checks += 1; console.log(`ok ${n_checks} ${what}`); };

/** Starts the server and resolves to its process and address. */
function serve(index, files, more = []) {
  const child = spawn(gangmu, ["serve", ...files, "--index", index, "--port", "0", ...more], {
    cwd: folder,
    env: { ...process.env, GANGMU_LANG: "en", GANGMU_TOKEN: undefined },
  });
  return new Promise((resolve, reject) => {
    let told = "";
    child.stderr.on("data", (data) => { told += data; });
    child.stdout.on("data", (data) => {
      const found = /http:\/\/\S+/.exec(String(data));
      if (found) resolve({ child, address: found[0].replace(/\/$/, "") });
    });
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${told}`)));
  });
}

async function stop({ child }) {
  const ended = new Promise((resolve) => child.removeAllListeners("exit").on("exit", resolve));
  child.kill("SIGTERM");
  assert.equal(await ended, 0, "the server ends well");
}

/** Opens a page that records what goes wrong in it. */
async function open(context) {
  const page = await context.newPage();
  page.faults = [];
  page.on("console", (message) => {
    // The browser itself tells of an answer that is an error on purpose.
    const isStatus = /Failed to load resource.*(40[049]|41[3]|422)/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !isStatus) page.faults.push(message.text());
  });
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith("http://127.0.0.1") && !request.url().startsWith("data:")) {
      page.faults.push(`asks elsewhere: ${request.url()}`);
    }
  });
  return page;
}

async function look(page, what) {
  // Playwright's own world is not bound by the page's policy.
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const result = await window.axe.run(document, { resultTypes: ["violations"] });
    return result.violations
      .filter((each) => ["serious", "critical"].includes(each.impact))
      .map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
  });
  complaints.push(...found.map((fault) => `${what}: axe: ${fault}`));
  complaints.push(...page.faults.splice(0).map((fault) => `${what}: console: ${fault}`));
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) complaints.push(`${what}: ${over} px wider than the window`);
}

/** Fails with every complaint at once. */
function quiet() {
  assert.deepEqual(complaints.splice(0), []);
}

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu"] });
let server;
try {
  const fixtures = ["diagnostics/mistyped-label.txt", "regulation", "targets", "tables"].map((name) => path.join(root, "tests/fixtures", name));
  server = await serve(path.join(folder, "index"), [path.join(root, "seeds/documents"), ...fixtures]);
  const { address } = server;

  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ viewport, colorScheme, acceptDownloads: true, locale: "zh-CN" });
      const page = await open(context);
      for (const [at, where] of paths.entries()) {
        await page.goto(address + where);
        await look(page, `${where} ${size} ${colorScheme}`);
        await picture(page, `${String(at).padStart(2, "0")}-${size}-${colorScheme}`);
      }
      await context.close();
      quiet();
      done(`${paths.length} pages, ${size}, ${colorScheme}: axe finds no serious fault, the console is silent, nothing is too wide`);
    }
  }

  const context = await browser.newContext({ viewport: sizes.wide, acceptDownloads: true });
  const page = await open(context);

  await page.goto(`${address}/`);
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.className), /skip/);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  done("the keyboard skips to the content");

  await page.goto(`${address}/`);
  await page.keyboard.press("/");
  await page.keyboard.type("止锚湾");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\?q=/);
  assert.equal(await page.locator(".snippet mark").first().innerText(), "止锚湾");
  await page.locator(".hits h2 a").first().click();
  await page.waitForURL(/documents\/liaoning-meili-2024\/c6\.m24/);
  assert.match(await page.locator("main").innerText(), /责任分工/);
  await page.locator("dl.duties a").first().click();
  await page.waitForURL(/tasks\?agency=/);
  const agency = await page.locator("h1").innerText();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByText("下载 Excel").click()]);
  assert.equal(download.suggestedFilename(), `${agency}任务分解表.xlsx`);
  const bytes = fs.readFileSync(await download.path());
  assert.equal(bytes.subarray(0, 2).toString(), "PK");
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByText("下载 CSV").click()]);
  assert.match(fs.readFileSync(await csv.path(), "utf8"), /^\ufeff文件,条款,条目/);
  done("from a search to the clause, the tasks of its leader and their download");

  await page.goto(`${address}/search`);
  await page.locator("#q").pressSequentially("黑土", { delay: 40 });
  await page.waitForFunction(() => document.querySelectorAll(".hits mark").length > 0);
  assert.match(decodeURIComponent(page.url()), /q=黑土/);
  assert.ok(await page.locator("#q").evaluate((box) => box === document.activeElement));
  await page.locator("#sort").selectOption("document");
  await page.waitForFunction(() => location.search.includes("sort=document"));
  await page.locator(".facet a").first().click();
  await page.waitForFunction(() => document.querySelector(".chosen"));
  assert.match(page.url(), /sort=document/);
  done("answers come while one types; the address can be passed on; a count narrows them");

  await page.goto(`${address}/documents/liaoning-meili-2024`);
  await page.locator(".outline a", { hasText: "蓝天" }).click();
  await page.waitForFunction(() => location.hash === "#c3.m7");
  await page.waitForFunction(() => Math.abs(document.getElementById("c3.m7").getBoundingClientRect().top) < 300);
  assert.ok((await page.locator("#c3\\.m7 mark.target").count()) >= 2);
  assert.ok((await page.locator("#c3\\.m7 a.agency.lead").count()) >= 1);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".outline").isVisible(), false);
  await page.emulateMedia({ media: "screen" });
  await page.goto(`${address}/documents/mistyped-label`);
  assert.match(await page.locator(".text .check").first().innerText(), /待核：单位标签有错漏字/);
  done("outline, marks, print style, and what is to be checked with its reason");

  await page.goto(`${address}/targets?indicator=细颗粒物`);
  assert.ok((await page.locator("svg.timeline circle").count()) >= 2);
  await page.locator("svg.timeline a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/documents\/[^/]+\/[a-z]/);
  await page.goto(`${address}/agencies?document=liaoning-meili-2024`);
  assert.ok((await page.locator("table.heat td.shade-5").count()) > 0);
  done("the chart leads to the clause, and bodies are shaded by chapter");

  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(`${address}/tasks?agency=省林草局`);
  const light = await paper();
  await page.locator("a.theme").click();
  assert.notEqual(await paper(), light);
  assert.doesNotMatch(page.url(), /theme=/);
  await page.goto(`${address}/agencies`);
  assert.notEqual(await paper(), light, "the choice is kept");
  await page.getByText("English").click();
  assert.equal(await page.locator("h1").innerText(), "Bodies");
  await page.goto(`${address}/targets`);
  assert.equal(await page.locator("h1").innerText(), "Targets");
  await page.goto(`${address}/targets?lang=zh`);
  assert.equal(await page.locator("h1").innerText(), "目标");
  done("dark colours and the language are kept from page to page");

  const text = "云岭市推进<script>alert(1)</script>试点工作方案\n\n一、完善平台。建设统一平台。到2027年，覆盖率达到90%以上。（责任单位：市卫生健康委<img src=x onerror=alert(1)>、市数据局）\n";
  await page.goto(`${address}/`);
  await page.locator("#file").setInputFiles({ name: "../云岭<b>.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.waitForURL(/documents\/(%|云)/);
  assert.match(await page.locator("main").innerText(), /<script>alert\(1\)<\/script>/);
  assert.equal(await page.locator("main script, main img").count(), 0);
  assert.equal(fs.readdirSync(path.join(folder, "index-uploads")).length, 1);
  assert.match(fs.readdirSync(path.join(folder, "index-uploads"))[0], /^云岭-b-[0-9a-f]{8}\.txt$/);
  await look(page, "the uploaded document");
  quiet();
  await page.goto(`${address}/`);
  const drop = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["山南市节水工作方案\n\n一、加强节水。到2030年，用水量控制在5亿立方米以内。（市水利局负责）\n"], "节水.txt", { type: "text/plain" }));
    return transfer;
  });
  await page.dispatchEvent("body", "drop", { dataTransfer: drop });
  await page.waitForURL(/documents\/%E8%8A%82/);
  assert.match(await page.locator("h1").innerText(), /山南市节水工作方案/);
  await page.goto(`${address}/search?q=用水量`);
  assert.equal(await page.locator(".hits > li").count(), 1);
  await page.goto(`${address}/`);
  await page.locator("#file").setInputFiles({ name: "x.png", mimeType: "image/png", buffer: Buffer.from("89504e470d0a1a0a00000000", "hex") });
  await page.waitForURL(/upload/);
  assert.match(await page.locator("[role=alert]").innerText(), /文件无法读取/);
  complaints.push(...page.faults);
  quiet();
  done("a file is chosen or dropped, read, and found; one that is none is refused; its words do nothing");
  await context.close();

  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await open(plain);
  await still.goto(`${address}/search`);
  await still.locator("#q").fill("黑土地");
  await still.locator(".search button").click();
  assert.ok((await still.locator(".hits mark").count()) > 0);
  await still.locator("a.theme").click();
  assert.equal(await still.locator("html").getAttribute("data-theme"), "dark");
  await still.goto(`${address}/`);
  await still.locator("#file").setInputFiles({ name: "无脚本.txt", mimeType: "text/plain", buffer: Buffer.from("海东市植树工作方案\n\n一、植树。（市林草局负责）\n") });
  await still.locator(".drop button").click();
  await still.waitForURL(/documents\//);
  done("all of it works without a script");
  await plain.close();
  await stop(server);
  done("the server ends well");

  server = await serve(path.join(folder, "empty"), []);
  const fresh = await open(await browser.newContext({ viewport: sizes.narrow }));
  for (const where of ["/", "/search?q=生态", "/documents", "/tasks", "/agencies", "/targets"]) {
    await fresh.goto(server.address + where);
    await look(fresh, `${where} without documents`);
    assert.match(await fresh.locator("main").innerText(), /添加|没有找到/, where);
  }
  quiet();
  await fresh.goto(`${server.address}/`);
  await picture(fresh, "empty");
  await fresh.locator("#file").setInputFiles({ name: "首份.txt", mimeType: "text/plain", buffer: Buffer.from("海东市植树工作方案\n\n一、植树。（市林草局负责）\n") });
  await fresh.waitForURL(/documents\//);
  done("where there is nothing, each page says what to do, and a first file begins the index");
  await stop(server);

  const token = "correct horse battery";
  server = await serve(path.join(folder, "index"), [], ["--token", token]);
  const stranger = await open(await browser.newContext({ viewport: sizes.wide }));
  await stranger.goto(`${server.address}/tasks?agency=省林草局`);
  assert.match(stranger.url(), /login/);
  await look(stranger, "the form for the token");
  quiet();
  await stranger.locator("#token").fill("wrong horse battery!");
  await stranger.locator("form.stacked button").click();
  assert.match(await stranger.locator("[role=alert]").innerText(), /口令不对/);
  await stranger.locator("#token").fill(token);
  await stranger.locator("form.stacked button").click();
  await stranger.waitForURL(/tasks/);
  assert.match(await stranger.locator("h1").innerText(), /省林草局/);
  done("a token is asked for, and leads to the page that was asked for");
  await stop(server);
  server = undefined;
} finally {
  await browser.close();
  if (server) server.child.kill("SIGKILL");
  fs.rmSync(folder, { recursive: true, force: true });
}
console.log(`${n_checks} walks went well`);
