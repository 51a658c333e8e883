"""The report goes to the printer: by its own button, on two sheets of A4, with nothing cut off and no controls."""

import pytest

A4 = {"width": 703, "height": 1034}  # CSS pixels within the margins of print.css


# The second has residuals and three sets, which take more room.
@pytest.mark.parametrize("link", ["frame=30", "dataset=sine&hidden=6&frame=80&opened=80"])
def test_the_report_is_printed_on_two_sheets(page, address, link):
    page.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1; };")
    page.goto(f"{address}/report?{link}")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.get_by_role("button", name="Print, or save as PDF").click()
    assert page.evaluate("window.printed") == 1
    pdf = page.pdf(format="A4")
    assert pdf.count(b"/Type /Page\n") == 2
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    page.wait_for_function("document.querySelector('.main-svg').hasAttribute('viewBox')")
    for unseen in (page.get_by_role("slider"), page.get_by_role("button", name="Print, or save as PDF")):
        assert not unseen.first.is_visible()
    too_wide = """width => [...document.querySelectorAll('[data-testid=stMain] :is(svg, img, table)')]
        .filter(one => one.getBoundingClientRect().right > width + 1).map(one => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(too_wide, A4["width"]) == []
