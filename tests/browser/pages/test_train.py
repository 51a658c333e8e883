"""The Train page as a person uses it, in Chromium."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nncore import ACTIVATIONS, ChunkStore, Experiment, Run
from nncore.experiments.experiment import build_network, build_split
from nncore.inspection.map_plane import make_plane
from pages.parts.page.session import OPENING

TOLERANCE = 1 / 128  # of the colour scale: half a step of an 8-bit colour


def open_app(page: Page, address: str, link: str = "?dataset=circle") -> None:
    page.goto(f"{address}/{link}")
    page.wait_for_function("window.glassbox?.draws > 0", timeout=20_000)
    # What is laid out around the view comes after it, and moves what is clicked: the foot stands below either.
    page.locator(".st-key-way_foot").wait_for(state="attached", timeout=20_000)
    page.locator(".st-key-draw_rest").wait_for(state="detached", timeout=20_000)
    page.wait_for_selector("[data-test-script-state='notRunning']", timeout=20_000)


def state(page: Page, name: str):
    return page.evaluate(f"window.glassbox.{name}")


def part(page: Page, name: str):
    return page.locator(f"[data-part='{name}']")


def play(page: Page) -> None:
    part(page, "play").click()


def wait_for_frame(page: Page, frame: int) -> None:
    page.wait_for_function(f"window.glassbox.frame >= {frame}", timeout=20_000)


def pause(page: Page) -> int:
    """Pauses, waits until the page shows the frame, and returns it."""
    play(page)
    page.wait_for_function("window.glassbox.playing === false")
    frame = state(page, "frame")
    page.wait_for_url(re.compile(rf"frame={frame}(&|$)"), timeout=10_000)
    return frame


def pixels(page: Page) -> list[float]:
    """What the map's first rows show."""
    return page.evaluate("Array.from(window.glassbox.mapValues().slice(0, 500))")


def pick(page: Page, tab: str, label: str, option: str) -> None:
    page.get_by_role("tab", name=tab, exact=True).click()
    page.get_by_role("combobox", name=label, exact=False).first.click()
    page.get_by_role("option", name=option, exact=True).click()


def link_of(run: Run, **more: object) -> str:
    texts = run.to_dict() | {name: str(value) for name, value in more.items()}
    return "?" + "&".join(f"{name}={value}" for name, value in texts.items())


def largest_difference(page: Page, run: Run, frame: int) -> float:
    """Between the outputs that the browser drew and those of the core, on the browser's own grid."""
    grid = page.evaluate("window.glassbox.mapGrid()")
    drawn = np.array(page.evaluate("Array.from(window.glassbox.mapValues())"))
    uv = np.array([(u, v) for u, v in zip(grid["u"], grid["v"], strict=True)])
    network = build_network(run.experiment)
    network.parameters = ChunkStore().frame(run, frame)
    outputs = network.predict(make_plane(build_split(run.experiment)).to_inputs(uv))
    return float(np.abs(drawn.reshape(outputs.shape) - outputs).max())


@pytest.mark.alone
def test_playing_trains_the_default_set_within_three_seconds(page, address):
    open_app(page, address, "")
    before = pixels(page)
    play(page)
    page.wait_for_timeout(3000)
    frame, epoch = page.evaluate("[glassbox.frame, glassbox.epoch]")
    assert epoch == Run(OPENING).segments[0].schedule.epoch_of(frame)
    assert pixels(page) != before
    _, scores, _ = ChunkStore().scores(Run(OPENING), frame)
    assert scores[-1, 3] > 0.95
    expect(part(page, "score")).to_have_text(re.compile(r"(9[5-9]|100)\.\d %"))


@pytest.mark.alone
def test_playing_draws_thirty_frames_a_second_without_a_remount_and_none_when_paused(page, address):
    open_app(page, address, link_of(Run(Experiment(hidden=(8, 8, 8)))))
    play(page)
    wait_for_frame(page, 10)
    drawn = 0
    for _ in range(3):  # a machine may be busy for a moment, and a new server loads its libraries
        draws = state(page, "draws")
        page.wait_for_timeout(3000)
        drawn = max(drawn, state(page, "draws") - draws)
        if drawn >= 75:
            break
    assert drawn >= 75  # 25 a second
    pause(page)
    page.wait_for_timeout(500)
    draws, needs = state(page, "draws"), state(page, "needs")
    page.wait_for_timeout(1500)
    assert (state(page, "draws"), state(page, "needs")) == (draws, needs)
    assert state(page, "mounts") == 1


def test_rewinding_and_playing_again_repeats_the_training(page, address):
    open_app(page, address)
    play(page)
    wait_for_frame(page, 45)
    pause(page)
    part(page, "scrubber").fill("20")
    page.wait_for_function("window.glassbox.frame === 20")
    at_twenty = pixels(page)
    part(page, "forward").click()
    page.wait_for_function("window.glassbox.frame === 21")
    assert pixels(page) != at_twenty
    part(page, "back").click()
    page.wait_for_function("window.glassbox.frame === 20")
    assert pixels(page) == at_twenty
    assert largest_difference(page, Run(Experiment()), 20) < TOLERANCE


def test_the_keyboard_plays_steps_and_rewinds(page, address):
    open_app(page, address)
    page.keyboard.press("Space")
    wait_for_frame(page, 5)
    page.keyboard.press("Space")
    page.wait_for_function("window.glassbox.playing === false")
    frame = state(page, "frame")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"window.glassbox.frame === {frame + 1}")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"window.glassbox.frame === {frame - 1}")
    page.keyboard.press("Home")
    page.wait_for_function("window.glassbox.frame === 0")


def test_arrow_keys_go_through_the_diagram_and_enter_shows_a_neuron_large_in_the_link(page, address):
    open_app(page, address, "?hidden=4,2")
    diagram = part(page, "diagram")
    diagram.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowRight"):  # layer 1 neuron 1, its second, and the nearest of layer 2
        page.keyboard.press(key)
    page.wait_for_function("window.glassbox.formula.includes('of layer 2')")
    spoken = part(page, "summary").inner_text()
    assert "layer 2" in spoken.lower()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"focus=2%2C1(&|$)"), timeout=10_000)
    assert state(page, "frame") == 0  # the arrows moved in the diagram, not in time
    page.reload()
    page.wait_for_function("window.glassbox?.draws > 0")
    assert state(page, "focus") == {"layer": 2, "index": 0}
    page.keyboard.press("Escape")
    page.wait_for_function("!location.search.includes('focus')")
    assert state(page, "focus") is None


def test_arrow_keys_that_come_faster_than_the_screen_draws_are_all_followed(page, address):
    open_app(page, address, "?hidden=4,2")
    part(page, "diagram").evaluate("""canvas => ["ArrowRight", "ArrowDown", "ArrowRight"].forEach((key) =>
        canvas.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, composed: true })))""")
    page.wait_for_function("window.glassbox.formula.includes('of layer 2')", timeout=5_000)


def test_a_change_leaves_the_old_losses_as_a_dotted_curve(page, address):
    open_app(page, address)
    play(page)
    wait_for_frame(page, 60)
    pause(page)
    assert page.evaluate("window.glassbox.live.player.run.before") is None
    old = state(page, "run")
    pick(page, "Network", "Activation", "ReLU")
    page.wait_for_function("run => window.glassbox.run !== run", arg=old)
    page.wait_for_function("run => window.glassbox.live.player.run.before?.id === run", arg=old)
    assert page.evaluate("window.glassbox.live.player.run.before.scores.filter(Boolean).length") > 60


def test_a_changed_rate_branches_from_the_frame_on_screen(page, address):
    open_app(page, address)
    play(page)
    wait_for_frame(page, 20)
    frame = pause(page)
    before = pixels(page)
    pick(page, "Training", "Learning rate", "0.3")
    page.wait_for_url(re.compile(rf"branches={frame}(%3A|:)learning_rate(%3D|=)0.3"))
    run = Run(Experiment()).changed(frame, Experiment(learning_rate=0.3))
    page.wait_for_function(f"window.glassbox.run === '{run.key}'")
    assert state(page, "frame") == frame and pixels(page) == before
    expect(page.get_by_text(f"Branch at epoch {frame}")).to_be_visible()
    play(page)
    wait_for_frame(page, frame + 5)
    shown = pause(page)
    assert largest_difference(page, run, shown) < TOLERANCE


def test_a_control_changed_while_it_plays_keeps_playing_from_there(page, address):
    open_app(page, address)
    page.get_by_role("tab", name="Training", exact=True).click()
    play(page)
    wait_for_frame(page, 30)
    pick(page, "Training", "L2", "0.001")
    page.wait_for_url(re.compile(r"branches=\d+"))
    branch = int(re.search(r"branches=(\d+)", page.url)[1])
    assert branch >= 30
    wait_for_frame(page, branch + 20)
    assert state(page, "playing") and state(page, "mounts") == 1


def test_reset_returns_to_the_same_first_weights_and_the_dice_draw_others(page, address):
    open_app(page, address)
    first = pixels(page)
    play(page)
    wait_for_frame(page, 10)
    pause(page)
    part(page, "reset").click()
    page.wait_for_function("window.glassbox.frame === 0")
    assert pixels(page) == first
    part(page, "redraw").click()
    page.wait_for_url(re.compile("start=1"))
    page.wait_for_function(f"window.glassbox.run === '{Run(Experiment(start=1)).key}' && window.glassbox.frame === 0")
    assert pixels(page) != first
    assert largest_difference(page, Run(Experiment(start=1)), 0) < TOLERANCE


def test_jumping_to_the_end_shows_why_training_stopped(page, address):
    open_app(page, address, "?epoch_limit=300")
    part(page, "end").click()
    page.wait_for_function("window.glassbox.epoch === 300", timeout=20_000)
    expect(page.get_by_text("The epoch limit of 300 is reached.").last).to_be_visible()


def test_a_permalink_restores_settings_branch_and_frame_on_a_phone_too(browser, address):
    base = Experiment("xor", hidden=(5,))
    run = Run(base).changed(15, Experiment("xor", hidden=(5,), optimizer="adam"))
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    open_app(phone, address, link_of(run, frame=33))
    assert (state(phone, "run"), state(phone, "frame")) == (run.key, 33)
    assert largest_difference(phone, run, 33) < TOLERANCE
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.context.close()


def test_a_reload_keeps_the_run_and_the_frame(page, address):
    open_app(page, address)
    play(page)
    wait_for_frame(page, 12)
    frame = pause(page)
    page.reload()
    page.wait_for_function("window.glassbox?.draws > 0", timeout=20_000)
    assert state(page, "frame") == frame


def test_two_tabs_do_not_disturb_each_other(browser, address):
    context = browser.new_context()
    page, other = context.new_page(), context.new_page()
    open_app(page, address)
    open_app(other, address, "?dataset=moons")
    play(other)
    wait_for_frame(other, 10)
    assert state(page, "frame") == 0
    assert state(page, "run") == Run(Experiment()).key != state(other, "run")
    context.close()


def test_a_diverged_run_stops_says_why_and_recovers(page, address):
    open_app(page, address, "?dataset=plane&activation=relu&learning_rate=10.0")
    play(page)
    expect(page.get_by_text(re.compile("diverged")).first).to_be_visible(timeout=10_000)
    diverged = state(page, "run")
    page.keyboard.press("Home")  # back from where the numbers grew
    page.wait_for_function("() => window.glassbox.frame === 0")
    pick(page, "Training", "Learning rate", "0.03")
    page.wait_for_url(re.compile("dataset=plane(?!.*learning_rate)"))
    page.wait_for_function("run => window.glassbox.run !== run", arg=diverged)
    if not state(page, "playing"):
        play(page)
    wait_for_frame(page, 5)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_map_drawn_in_the_browser_is_the_core_s_prediction(page, address, activation):
    run = Run(Experiment(hidden=(6, 5), activation=(activation,), learning_rate=0.01, noise=10))
    open_app(page, address, link_of(run, frame=30))
    assert largest_difference(page, run, 30) < TOLERANCE


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment("spiral3", hidden=(8,)),
        Experiment("blobs", output="identity", loss="mse"),
        Experiment("circle", output="tanh", scaling="standard"),
        Experiment("xor", features=("x1", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"), hidden=()),
        Experiment("cones", hidden=(4,)),
        Experiment("wine", scaling="standard"),
        Experiment("digits", hidden=(16,)),
        Experiment("digits28", hidden=(16,)),
        Experiment("sine"),
    ],
    ids=lambda experiment: experiment.dataset,
)
def test_the_map_is_the_core_s_prediction_for_every_kind_of_output_and_input(page, address, experiment):
    run = Run(experiment)
    open_app(page, address, link_of(run, frame=12))
    assert largest_difference(page, run, 12) < TOLERANCE


def test_training_to_the_end_while_it_plays_stays_at_the_end(page, address):
    open_app(page, address, "?epoch_limit=1000")
    play(page)
    wait_for_frame(page, 20)
    part(page, "end").click()
    page.wait_for_function("window.glassbox.epoch === 1000", timeout=20_000)
    page.wait_for_timeout(1500)
    assert state(page, "epoch") == 1000 and not state(page, "playing")


def test_a_preset_comes_into_sight(page, address):
    open_app(page, address)
    page.get_by_role("button", name="All neurons alike").click()
    page.wait_for_url(re.compile("initializer=zeros"))
    expect(part(page, "play")).to_be_in_viewport(timeout=10_000)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Stuck in a local minimum").click()
    page.wait_for_url(re.compile("dataset=corners"))
    expect(part(page, "play")).to_be_in_viewport(timeout=10_000)
    expect(page.locator("[data-part='diagram']")).to_be_in_viewport(ratio=0.5)


def test_after_a_choice_by_pointer_the_keys_play_again(page, address):
    open_app(page, address)
    pick(page, "Training", "L2", "0.001")
    page.wait_for_url(re.compile("l2=0.001"))
    page.wait_for_function("!document.activeElement.matches('[role=combobox]')")  # which would take the key itself
    page.keyboard.press("Space")
    wait_for_frame(page, 5)


def test_a_change_calls_training_to_the_end_off(page, address):
    # Slow enough to be caught: six layers of 64, one sample an update.
    open_app(page, address, "?hidden=64,64,64,64,64,64&batch_size=1&learning_rate=0.0001")
    page.get_by_role("tab", name="Training", exact=True).click()
    part(page, "end").click()
    expect(page.get_by_text(re.compile("Training to the end"))).to_be_visible(timeout=10_000)
    pick(page, "Training", "Batch strategy", "Full batch")
    page.wait_for_url(re.compile("batch_size=none"), timeout=20_000)
    expect(page.get_by_text(re.compile("Training to the end"))).to_be_hidden(timeout=10_000)
    assert state(page, "frame") < 599


def test_the_view_is_drawn_before_what_is_laid_out_around_it_and_the_rest_comes_by_itself(page, address):
    # What is on the page at the view's first draw, looked up in the same turn of the browser.
    page.add_init_script("""
        const look = () => {
          if (!(window.glassbox?.draws > 0)) return requestAnimationFrame(look);
          window.atFirstDraw = document.querySelectorAll("[data-testid=stSidebar] [role=tab], .st-key-details").length;
        };
        look();
    """)
    page.goto(f"{address}/?dataset=spiral")
    expect(page.locator(".st-key-details")).to_be_attached(timeout=20_000)
    expect(page.get_by_role("tab", name="Training", exact=True)).to_be_visible()
    assert page.evaluate("window.atFirstDraw") == 0
    expect(page.locator(".st-key-draw_rest")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar").get_by_text("None", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Lessons").first.click()  # and back again: the view and the rest come together
    page.get_by_role("link", name="Train", exact=True).first.click()
    expect(page.get_by_role("tab", name="Training", exact=True)).to_be_visible(timeout=20_000)
