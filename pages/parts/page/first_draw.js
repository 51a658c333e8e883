// @ts-check
// What a page holds back on a first visit is asked for once the live view or a first figure has been drawn: by a button that
// nobody sees. It is pressed while no run of the page is under way, until one has heard it; and after a while even where
// nothing was drawn.

{
  const PATIENCE = 5000; // milliseconds
  const AGAIN = 1000; // between two presses
  const LAST = 60000; // the button has not come: nothing is held back
  const begun = performance.now();
  let pressed = Number.NEGATIVE_INFINITY;
  let isSeen = false;
  const main = "[data-testid=stMain]";
  const views = () => [...document.querySelectorAll(`${main} [data-testid^=stBidiComponent]`)];
  const isOnCanvas = () => views().some((view) =>
    [...view.shadowRoot?.querySelectorAll("canvas") ?? []].some((canvas) => canvas.clientHeight > 0));
  const button = () => /** @type {HTMLElement | null} */ (document.querySelector(".st-key-draw_rest button"));
  const look = () => {
    const now = performance.now();
    const held = button();
    isSeen ||= held !== null;
    const isDrawn = (/** @type {any} */ (window).glassbox?.draws ?? 0) > 0
      || document.querySelector(`${main} .main-svg`) !== null || isOnCanvas();
    const isIdle = document.querySelector("[data-test-script-state=notRunning]") !== null;
    if (held && ((isDrawn && isIdle) || now - begun > PATIENCE) && now - pressed > AGAIN) {
      held.click();
      pressed = now;
    }
    if (held || (!isSeen && now - begun < LAST)) requestAnimationFrame(look);
  };
  look();
}
