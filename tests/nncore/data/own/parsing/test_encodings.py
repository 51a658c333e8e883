"""Encodings: a table is read as it was written, or refused; letters are never others than those that were meant, unsaid."""

import pytest

from nncore.data import read_table

WESTERN = {
    "German": "Größe Straße Köln München Jäger Übung GRÖSSE weiß",
    "French": "été âgé créée français où ça Élève œuvre naïf À",
    "Spanish": "España niño León ¿qué? corazón año Málaga",
    "Portuguese": "não São coração maçã três ação",
    "Finnish": "Jyväskylä pää määrä hääyö Äänekoski",
    "Icelandic": "góðan Ísafjörður hæð Þór það",
    "Danish": "Færøerne Ålborg smørrebrød får",
    "units": "°C m² µm ±2 20€ W/m²K n×m 5’s “quoted” a–b",
}
OTHERS = {
    "Größe Straße München weiß": "mac_roman cp850 cp437",
    "café": "mac_roman cp850",
    "ação não": "mac_roman cp850",
    "年龄 性别 男 女 北京": "gb18030 gbk big5",
    "男 女": "gb18030",
    "年齢 性別 はい いいえ ラベル": "shift_jis euc_jp iso2022_jp",
    "나이 성별 서울 예 아니오": "euc_kr cp949 iso2022_kr",
    "возраст пол Москва": "cp1251 koi8_r cp866 iso8859_5 mac_cyrillic",
    "да нет": "cp1251 koi8_r cp866 iso8859_5",
    "ηλικία φύλο Αθήνα": "cp1253 iso8859_7",
    "גיל מין זכר": "cp1255",
    "العمر الجنس ذكر": "cp1256",
    "อายุ เพศ ชาย": "tis_620",
    "Łódź mężczyzna źle": "cp1250",
}


def written(words: str, encoding: str) -> bytes:
    rows = "\n".join(f"{k / 10},{word}" for k, word in enumerate(words.split() * 2))
    return f"size,word\n{rows}\n".encode(encoding, errors="ignore")


@pytest.mark.parametrize("language", WESTERN)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_words_of_western_europe_are_read_in_each_encoding(language, encoding):
    words = WESTERN[language].split()
    table = read_table(written(WESTERN[language], encoding))
    assert table.columns[1].labels == tuple(sorted(words))
    first = next(word for word in words if not word.isascii())
    said = [note for note in table.notes if "Windows-1252" in note]
    assert len(said) == (encoding == "cp1252")
    assert all(first.strip("¿?/20,") in note for note in said), "a word as it was read, to look at"


@pytest.mark.parametrize("words", OTHERS)
def test_words_in_another_encoding_are_refused_with_their_line_and_what_to_do(words):
    for encoding in OTHERS[words].split():
        with pytest.raises(ValueError, match=r"^Line [12] (?:is neither|holds the control).*UTF-8 and bring that\.$"):
            read_table(written(words, encoding))


def test_a_file_that_is_not_utf8_all_along_is_refused_with_the_line():
    broken = "size,word\n1.5,Größe\n2.5,".encode() + "naïf".encode("cp1252") + "\n3.5,Größe\n".encode()
    with pytest.raises(ValueError, match=r"^Line 3 is neither UTF-8"):
        read_table(broken)
    with pytest.raises(ValueError, match=r"^The file begins as UTF-8, but line 3 is not"):
        read_table(b"\xef\xbb\xbf" + broken)


def test_letters_that_take_no_place_are_left_out_but_not_those_within_words():
    plain = "size,word\n1.5,می‌خواهم\n2.5,👩‍🏫\n3.5,👩‍🏫\n"
    hidden = "\u200bsize,word\u200e\n1.5\u200b,می‌خواهم\n\ufeff2.5,👩‍🏫\n3.5,\u206a"[:-1] + "👩‍🏫\n\x1a"
    table = read_table(hidden.encode())
    assert [column.name for column in table.columns] == ["size", "word"] and table.n_rows == 3
    assert table.columns[0].values.tolist() == [1.5, 2.5, 3.5]
    assert table.columns[1].labels == read_table(plain.encode()).columns[1].labels == ("می‌خواهم", "👩‍🏫")
    assert "Invisible characters (4), which take no place, were left out." in table.notes


def test_control_characters_are_refused_with_their_line():
    for sign in "\x01\x07\x1f\x7f":
        with pytest.raises(ValueError, match=rf"^Line 3 holds the control character {ord(sign):#04x}"):
            read_table(f"a,b\n1,x\n2{sign},y\n3,x\n".encode())
