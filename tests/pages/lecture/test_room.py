"""The room: an answer counts once per viewer, all bounds hold, and what is over is forgotten."""

import threading
from random import Random

import pytest

from pages.parts.lecture.room import LIFETIME, MOST_ANSWERS, MOST_ROOMS, Full, Keys, Rooms

CHOICES = ("up", "down", "stays")


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def asked(rooms, right=None):
    keys = rooms.open()
    rooms.ask(keys, "Where does the loss go?", CHOICES, right)
    return keys


def test_answers_are_counted_and_a_changed_answer_replaces_the_first():
    rooms = Rooms()
    keys = asked(rooms, 1)
    for viewer, choice in (("a", 0), ("b", 1), ("c", 1), ("a", 2), ("a", 2)):
        assert rooms.answer(keys.room, 1, viewer, choice)
    tally = rooms.tally(keys.room)
    assert tally.counts == (0, 2, 1) and tally.total == 3 and tally.right == 1 and tally.stage == "open"
    assert rooms.answer_of(keys.room, "a") == 2 and rooms.answer_of(keys.room, "d") is None


def test_after_the_reveal_nothing_changes_and_the_next_question_begins_at_zero():
    rooms = Rooms()
    keys = asked(rooms)
    rooms.answer(keys.room, 1, "a", 0)
    assert rooms.turn(keys, "counted").is_open and rooms.answer(keys.room, 1, "b", 0)
    assert rooms.turn(keys, "revealed").counts == (2, 0, 0)
    assert not rooms.answer(keys.room, 1, "c", 1) and rooms.tally(keys.room).total == 2
    tally = rooms.ask(keys, "And now?", ("yes", "no"))
    assert (tally.number, tally.counts, tally.stage) == (2, (0, 0), "open")
    assert not rooms.answer(keys.room, 1, "a", 0)  # it was meant for the question before
    assert rooms.tally(keys.room).total == 0


def test_only_the_key_controls_and_only_the_token_joins():
    rooms = Rooms()
    keys = asked(rooms)
    wrong = Keys(keys.room, rooms.open().key)
    for act in (lambda: rooms.ask(wrong, "?", CHOICES), lambda: rooms.turn(wrong, "revealed"), lambda: rooms.close(wrong),
                lambda: rooms.turn(Keys(keys.room, "ü"), "revealed"), lambda: rooms.tally("guessed"),
                lambda: rooms.answer("guessed", 1, "a", 0), lambda: rooms.answer_of("", "a")):  # fmt: skip
        with pytest.raises(LookupError):
            act()
    assert rooms.controls(keys) and not rooms.controls(wrong)
    assert rooms.tally(keys.room).stage == "open" and keys.room != keys.key and len(keys.room) >= 22 <= len(keys.key)


def test_a_room_is_gone_within_six_hours_though_nobody_looks():
    clock = Clock()
    rooms = Rooms(clock)
    keys = asked(rooms)
    rooms.answer(keys.room, 1, "a", 0)
    clock.now = 6 * 3600 - 1800 - 1.0
    assert rooms.tally(keys.room).total == 1 and rooms.tidy() == pytest.approx(1.0)
    clock.now += 1.0
    assert rooms.tidy() is None and len(rooms) == 0 and clock.now <= 6 * 3600
    with pytest.raises(LookupError):
        rooms.answer(keys.room, 1, "a", 0)


def test_a_closed_room_is_forgotten_at_once():
    rooms = Rooms()
    keys = asked(rooms)
    rooms.close(keys)
    assert len(rooms) == 0 and not rooms.controls(keys)


def test_there_are_at_most_two_hundred_rooms_and_an_old_one_makes_room():
    clock = Clock()
    rooms = Rooms(clock)
    for _ in range(MOST_ROOMS):
        rooms.open()
    with pytest.raises(Full, match="200 rooms"):
        rooms.open()
    clock.now = LIFETIME
    assert rooms.open() and len(rooms) == 1


def test_the_five_hundred_and_first_viewer_is_refused_and_the_others_may_still_change():
    rooms = Rooms()
    keys = asked(rooms)
    for number in range(MOST_ANSWERS):
        rooms.answer(keys.room, 1, str(number), 0)
    with pytest.raises(Full, match="500 answers"):
        rooms.answer(keys.room, 1, "late", 0)
    assert rooms.answer(keys.room, 1, "7", 1) and rooms.tally(keys.room).counts == (499, 1, 0)


@pytest.mark.parametrize(("question", "choices", "right"), [
    ("?", ("one",), None), ("?", ("x",) * 9, None), ("?", CHOICES, 3), ("?", CHOICES, -1), ("?" * 301, CHOICES, None),
    ("?", ("x" * 301, "y"), None),
])  # fmt: skip
def test_a_question_that_cannot_be_is_refused_and_the_one_before_stays(question, choices, right):
    rooms = Rooms()
    keys = asked(rooms)
    with pytest.raises(ValueError):
        rooms.ask(keys, question, choices, right)
    with pytest.raises(ValueError):
        rooms.answer(keys.room, 1, "a", 3)
    assert rooms.tally(keys.room).number == 1


@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_done_the_counts_are_those_of_each_viewer_s_last_word(seed):
    draw, clock = Random(seed), Clock()
    rooms, model = Rooms(clock), {}
    for _ in range(400):
        act = draw.choices(("open", "answer", "ask", "turn", "close", "wait"), (3, 60, 3, 4, 1, 2))[0]
        keys = draw.choice(list(model)) if model else None
        if act == "open" or keys is None:
            model[rooms.open()] = {"number": 0, "open": False, "said": {}, "ends": clock.now + LIFETIME}
            continue
        known = model[keys]
        if act == "answer" and known["number"]:
            viewer, choice = str(draw.randrange(20)), draw.randrange(3)
            number = known["number"] - draw.choice((0, 0, 0, 1))
            counted = number == known["number"] and known["open"]
            assert rooms.answer(keys.room, number, viewer, choice) == counted
            if counted:
                known["said"][viewer] = choice
        elif act == "ask":
            rooms.ask(keys, "?", CHOICES)
            known.update(number=known["number"] + 1, open=True, said={})
        elif act == "turn" and known["number"]:
            stage = draw.choice(("open", "counted", "revealed"))
            rooms.turn(keys, stage)
            known["open"] = stage != "revealed"
        elif act == "close":
            rooms.close(keys)
            del model[keys]
        elif act == "wait":
            clock.now += draw.uniform(0, 3600)
            model = {keys: known for keys, known in model.items() if known["ends"] > clock.now}
        assert len(rooms) == len(model) <= MOST_ROOMS
        for keys, known in model.items():
            tally = rooms.tally(keys.room)
            said = list(known["said"].values())
            assert tally.number == known["number"]
            assert tally.counts == (tuple(said.count(k) for k in range(3)) if known["number"] else ())
            assert tally.total == len(known["said"]) <= MOST_ANSWERS


def test_sixty_viewers_at_once_are_each_counted_once():
    rooms = Rooms()
    keys = asked(rooms)
    start = threading.Barrier(61)

    def viewer(number):
        draw = Random(number)
        start.wait()
        for _ in range(50):
            rooms.answer(keys.room, 1, f"viewer {number}", draw.randrange(3))
        rooms.answer(keys.room, 1, f"viewer {number}", number % 3)

    threads = [threading.Thread(target=viewer, args=(number,)) for number in range(60)]
    for thread in threads:
        thread.start()
    start.wait()
    seen = [rooms.tally(keys.room).total for _ in range(200)]
    for thread in threads:
        thread.join()
    assert rooms.tally(keys.room).counts == (20, 20, 20)
    assert seen == sorted(seen) and max(seen) <= 60
