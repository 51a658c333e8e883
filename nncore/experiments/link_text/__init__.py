"""Link text: a setting's value as text and back, and what a link asks for where it cannot be had as it stands.

`values` and `typed_numbers` read and write, `repair` and `choices` find the nearest value that is allowed, `sentences` tell
the person who followed the link what was changed.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "asked": "Asked",
    "choices": "Allowed Each Rule Span ask_choice some_of",
    "repair": "by_known_names",
    "sentences": "SETTING_WORDS in_words quoted sentence span_ends",
    "typed_numbers": "read_number read_whole",
    "values": "read_field read_fields write_field",
})  # fmt: skip
