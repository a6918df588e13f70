"""Opens report pages in a real browser, as a reader would on a desk and on a phone, by day and by night.

    python report.py CHROMIUM EQUIPOISE FLAGSHIP SCENARIO...

Fails if a page reports an error or asks the network for anything, is wider than the screen, shows more or less than one
picture a figure, lets words of a picture overlap or leave it, leaves a table out on paper that is not folded up, or has other numbers in a table than `run` prints. So do pages
of one scenario, and one that compares the variants of a scenario, whose numbers must be those of `compare`.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

RUNS = "20000"
SCREENS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"), (320, "light")]

# Words that stand on each other by more than a pixel each way, and words that leave the picture by more than two.
FAULTS_OF_PICTURES = """() => {
    const faults = [];
    for (const figure of document.querySelectorAll('figure')) {
        const shown = [...figure.querySelectorAll('svg')].filter(svg => svg.getClientRects().length > 0);
        if (shown.length === 0 && figure.closest('details:not([open])')) continue;
        if (shown.length !== 1) { faults.push(`${figure.id}: ${shown.length} pictures`); continue; }
        const frame = shown[0].getBoundingClientRect();
        const words = [...shown[0].querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
        words.forEach(([text, box], index) => {
            if (box.left < frame.left - 2 || box.right > frame.right + 2) faults.push(`${figure.id}: leaves: ${text}`);
            for (const [other, its] of words.slice(index + 1)) {
                const across = Math.min(box.right, its.right) - Math.max(box.left, its.left);
                const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
                // A line of text is higher than its letters: lines may share a quarter of their height.
                if (across > 1 && down > box.height / 4) faults.push(`${figure.id}: overlap: ${text} / ${other}`);
            }
        });
    }
    return faults;
}"""

# What reaches beyond the right edge of the screen, but for what scrolls by itself.
FAULTS_OF_LAYOUT = """() => [...document.querySelectorAll('body *')]
    .filter(element => !element.closest('.scroll, svg') && element.getBoundingClientRect().right > innerWidth + 1)
    .map(element => `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`)"""

# Tables that stand open but are wider than their place.
FAULTS_OF_TABLES = """() => [...document.querySelectorAll('.scroll')]
    .filter(frame => frame.getClientRects().length && !frame.closest('details'))
    .filter(frame => frame.scrollWidth > frame.clientWidth + 1)
    .map(frame => `scrolls: ${frame.getAttribute('aria-label')}`)"""

# Tables that would be missing on paper, beside those that are folded up.
FAULTS_ON_PAPER = """async () => {
    // What is laid out anew for paper can be looked at when it has been painted once.
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return [...document.querySelectorAll('table')]
        .filter(table => !table.closest('details'))
        .filter(table => !table.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}))
        .map(table => `not on paper: ${table.textContent.slice(0, 40)}`);
}"""


def check(page, where, faults):
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > page.viewport_size["width"]:
        faults.append(f"{where}: {width} pixels wide")
    for script in (FAULTS_OF_PICTURES, FAULTS_OF_LAYOUT):
        faults += [f"{where}: {fault}" for fault in page.evaluate(script)]


def shares_in_table(page):
    """The shares in the table behind the outcome bars, opened as a reader opens it."""
    table = page.locator("#outcome-bars table")
    assert not table.is_visible(), "the table is open before anybody asked"
    page.locator("#outcome-bars summary").click()
    assert table.is_visible(), "the table does not open"
    rows = table.locator("tbody tr").all()
    return {row.locator("th").inner_text(): row.locator("td").nth(1).inner_text() for row in rows}


def differences_in_table(page):
    """The differences in the table behind the comparison of the outcomes, opened as a reader opens it."""
    page.locator("#comparison-outcomes summary").click()
    rows = page.locator("#comparison-outcomes table tbody tr").all()
    return [[cell.inner_text() for cell in row.locator("td").all()[:6]] for row in rows]


def played(equipoise, *arguments):
    command = [equipoise, *arguments, "--runs", RUNS, "--format", "json", "--quiet"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def of_one(equipoise, scenario):
    """The arguments of a page of one scenario, and what is to be read in it."""
    outcomes = played(equipoise, "run", scenario)["outcomes"]
    expected = sorted(f"{100 * outcome['probability']:.2f}%" for outcome in outcomes if outcome["count"])

    def read(page):
        return sorted(share for share in shares_in_table(page).values() if share != "0.00%")

    return [scenario], read, expected


def of_several(equipoise, scenario, *variants):
    """The arguments of a page that compares a scenario with variants of it, and what is to be read in it."""
    arguments = [scenario, *(word for variant in variants for word in ("--variant", variant))]
    expected = []
    for letter, compared in zip("BCD", played(equipoise, "compare", *arguments)["comparisons"]):
        for outcome in compared["outcomes"]:
            sides = [100 * outcome[side]["probability"] for side in ("baseline", "compared")]
            points = [100 * value for value in (outcome["difference"], *outcome["difference_ci95"])]
            signed = [f"{value:+.2f}".replace("-", "\u2212") if round(value, 2) else "0.00" for value in points]
            expected.append([letter, *(f"{share:.2f}%" for share in sides), *signed])

    def read(page):
        return sorted([cell.replace("-", "\u2212") for cell in row] for row in differences_in_table(page))

    return arguments, read, sorted(expected)


def main(chromium, equipoise, flagship, *scenarios):
    faults, checks = [], 0
    pages = [of_one(equipoise, scenario) for scenario in (flagship, *scenarios)]
    pages.append(of_several(equipoise, flagship, "strong_ally", "csto_veto"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for arguments, read, expected in pages:
            name = " ".join([pathlib.Path(arguments[0]).stem, *arguments[1:]])
            file = f"{folder}/page.html"
            command = [equipoise, "report", *arguments, "--runs", RUNS, "--output", file, "--quiet", "--force"]
            subprocess.run(command, check=True)
            for width, scheme in SCREENS:
                where = f"{name} at {width} in the {scheme}"
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                page.on("console", lambda message: faults.append(f"{where}: console: {message.text}"))
                page.on("pageerror", lambda error: faults.append(f"{where}: {error}"))
                page.on("request", lambda request: request.url.startswith("file:") or faults.append(f"{where}: {request.url}"))
                page.goto(f"file://{file}")
                check(page, where, faults)
                if arguments[0] == flagship and width >= 390:
                    faults += [f"{where}: {fault}" for fault in page.evaluate(FAULTS_OF_TABLES)]
                page.emulate_media(media="print")
                faults += [f"{where}: {fault}" for fault in page.evaluate(FAULTS_ON_PAPER)]
                page.emulate_media(media="screen")
                shown = read(page)
                if shown != expected:
                    faults.append(f"{where}: the table has {shown}, expected is {expected}")
                page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
                check(page, f"{where}, all open", faults)
                page.close()
                checks += 1
        browser.close()
    for fault in sorted(set(faults)):
        print(fault)
    print(f"{checks if not faults else 0} passed, {len(set(faults))} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
