"""Values at the edges of what a store can hold, as a file or a statement has them."""

import random

INTEGERS = [
    "0", "1", "-1", "2", "7", "255", "256", "65535", "65536", "2147483647", "-2147483648",
    "2147483648", "4294967296", "922337203685477", "922337203685478", "9223372036854775806",
    "9223372036854775807", "-9223372036854775808", "9223372036854775808", "99999999999999999999"]
DECIMALS = [
    "0.0", "0.5", "-0.0001", "0.00001", "1.005", "12.50", "922337203685477.5807",
    "922337203685477.5808", "-922337203685477.5808", "-922337203685477.5809", "1e3",
    "1234567890.12345", "461168601842738.7904"]
DAYS = [
    "2024-01-31", "2024-02-29", "2023-02-29", "1970-01-01", "1969-12-31", "0001-01-01",
    "9999-12-31", "10000-01-01", "0000-00-00", "2024-13-01", "1582-10-10", "2026-11-29"]
TIMES = [
    "2024-01-31 10:00:00", "2024-03-31 02:30:00", "2024-10-27 02:30:00", "9999-12-31 23:59:59",
    "0001-01-01 00:00:00", "2024-01-31T24:00:00Z", "2024-01-31 10:00:00+14:00", "31/12/2024 9:30",
    "253402300799", "1704448800123", "5 janv. 2024"]
TEXTS = [
    "", " ", "a", "A", "ä", "ß", "Straße", "İ", "ı", "Å", "\u0041\u030a", "日本", "👩‍👩‍👧", "O'Brien",
    'say "hi"', "a,b", "a;b", "=1+1", "-", "NULL", "null", "\\N", "true", "0150", "x" * 300,
    "\u202eabc", "a\tb", "%", "_", "\\", "$x", "${x}", "nan", "inf", "Anna Berg", "a@example.org"]
WEBSITES = ["Main Website", "Outlet", "B2B", ""]
COUNTRIES = ["FR", "DE", "US", "Germany", "Türkiye", "xx", ""]


def number(r: random.Random) -> str:
    if r.random() < 0.6:
        return str(r.randrange(-5, 200))
    return r.choice(INTEGERS + DECIMALS)


def moment(r: random.Random) -> str:
    if r.random() < 0.6:
        return f"20{r.randrange(10, 27):02}-{r.randrange(1, 13):02}-{r.randrange(1, 29):02}"
    return r.choice(DAYS + TIMES)


def text(r: random.Random) -> str:
    if r.random() < 0.5:
        return r.choice(["red", "green", "blue", "Anna", "Bo", "x1"])
    return r.choice(TEXTS)


def quoted(value: str) -> str:
    """As a statement has it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def day(r: random.Random) -> str:
    """As a statement has it."""
    return moment(r) if r.random() < 0.1 else r.choice(
        ["2024-01-31", "2023", "2024-02", "1970-01-01", "0001-01-01", "9999-12-31T23:59:59"])
