import gzip
from pathlib import Path

import pytest

from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.places.schema import schema_of, schemas
from framsyn.places.tables import Tables

MUNICIPALITIES = "code,name,region_code\n005,Söderö,01\n020,Väst,02\n"
TOTALS = "code,year,population\n005,2020,10\n020,2020,20\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "municipalities.csv").write_text(MUNICIPALITIES, encoding="utf-8")
    return tmp_path


def message(folder: Path, text: str, name: str = "population_total_2020.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(FramsynError) as raised:
        Tables.open(folder).need("population_total")
    return str(raised.value)


def test_a_table_is_found_by_the_first_words_of_its_file_name(folder: Path) -> None:
    (folder / "population_total_1972_2025.csv").write_text(TOTALS)
    tables = Tables.open(folder)
    assert tables.names() == ["municipalities", "population_total"]
    assert tables.need("population_total")["population"].to_list() == [10, 20]
    assert tables.need("population_total_1972_2025").height == 2


def test_the_longest_table_name_wins_over_its_prefix() -> None:
    found = {
        stem: schema.name if (schema := schema_of(stem)) else None
        for stem in (
            "region_population_age_sex_1972_2025",
            "population_age_sex",
            "unemployment_monthly_2006",
            "unemployment_2026_06",
            "income_tax_2026",
            "income_2024",
            "incomes",
            "un_wpp2024_sweden_tfr_projection",
        )
    }
    assert list(found.values()) == [
        "region_population_age_sex",
        "population_age_sex",
        "unemployment_monthly",
        "unemployment",
        "income_tax",
        "income",
        None,
        "un_wpp*_tfr_projection",
    ]


def test_a_packed_table_reads_like_a_plain_one(folder: Path) -> None:
    (folder / "population_total.csv.gz").write_bytes(gzip.compress(TOTALS.encode()))
    assert Tables.open(folder).need("population_total").height == 2


def test_a_blank_is_never_read_as_zero(folder: Path) -> None:
    (folder / "population_total.csv").write_text(TOTALS.replace(",20\n", ",\n"))
    assert Tables.open(folder).need("population_total")["population"].to_list() == [10, None]


def test_leading_zeros_and_foreign_codes_are_kept(tmp_path: Path) -> None:
    text = "code,name_sv,region_code\nSE-0114,Upplands Väsby,AB\n0007,Sjuan,AB\n"
    (tmp_path / "municipalities.csv").write_text(text)
    assert Tables.open(tmp_path).need("municipalities")["code"].to_list() == ["SE-0114", "0007"]


def test_a_byte_order_mark_and_carriage_returns_do_no_harm(tmp_path: Path) -> None:
    text = "\ufeff" + MUNICIPALITIES.replace("\n", "\r\n")
    (tmp_path / "municipalities.csv").write_bytes(text.encode())
    assert Tables.open(tmp_path).need("municipalities")["region_code"].to_list() == ["01", "02"]


def test_unknown_codes_are_left_out_and_told(folder: Path) -> None:
    (folder / "population_total.csv").write_text(TOTALS + "099,2020,7\n")
    tables = Tables.open(folder)
    assert tables.need("population_total")["code"].to_list() == ["005", "020"]
    assert tables.notes == [
        "population_total.csv: left out 1 rows of 1 codes in code that municipalities does not know: 099"
    ]


def test_wide_tables_check_each_age_column(folder: Path) -> None:
    name = "official_projection_2019"
    (folder / f"{name}.csv").write_text("code,year,0,1,100\n005,2020,1,2,many\n")
    with pytest.raises(FramsynError, match=r"official_projection_2019\.csv, column 100, row 2"):
        Tables.open(folder).need(name)


def test_editions_lie_side_by_side_and_are_asked_for_by_name(folder: Path) -> None:
    for year in (2019, 2024):
        text = f"code,year,0\n005,{year},1\n"
        (folder / f"official_projection_{year}.csv").write_text(text)
    tables = Tables.open(folder)
    assert tables.editions("official_projection") == [
        "official_projection_2019",
        "official_projection_2024",
    ]
    assert tables.need("official_projection_2024")["year"].to_list() == [2024]
    with pytest.raises(FramsynError, match="several editions"):
        tables.get("official_projection")


def test_the_year_comes_from_the_column_or_else_the_file_name(folder: Path) -> None:
    (folder / "population_total.csv").write_text(TOTALS)
    (folder / "population_margins_2025.csv").write_text("code,population\n005,9\n")
    (folder / "debt.csv").write_text("code\n005\n")
    tables = Tables.open(folder)
    assert (tables.year("population_total"), tables.year("population_margins")) == (2020, 2025)
    with pytest.raises(FramsynError, match="tells no year"):
        tables.year("debt")


def test_an_absent_table_is_none_or_an_error_that_says_its_file(folder: Path) -> None:
    tables = Tables.open(folder)
    assert tables.get("components") is None
    with pytest.raises(FramsynError, match=r"no file components\*\.csv"):
        tables.need("components")
    with pytest.raises(FramsynError, match="no table of the schema"):
        tables.get("weather")


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(FramsynError, match="There is no folder"):
        Tables.open(tmp_path / "nowhere")


def test_no_municipalities_table(tmp_path: Path) -> None:
    with pytest.raises(FramsynError, match="The table municipalities is missing"):
        Tables.open(tmp_path)


def test_no_name_column(tmp_path: Path) -> None:
    (tmp_path / "municipalities.csv").write_text("code,region_code\n005,01\n")
    with pytest.raises(FramsynError, match="has no name column"):
        Tables.open(tmp_path)


def test_nameless_municipality(tmp_path: Path) -> None:
    (tmp_path / "municipalities.csv").write_text(MUNICIPALITIES.replace("Väst", ""))
    with pytest.raises(FramsynError, match="row 3: municipality 020 has no name"):
        Tables.open(tmp_path)


def test_municipality_without_region(tmp_path: Path) -> None:
    (tmp_path / "municipalities.csv").write_text(MUNICIPALITIES.replace(",02\n", ",\n"))
    with pytest.raises(FramsynError, match="column region_code, row 3: blank"):
        Tables.open(tmp_path)


def test_two_files_for_one_table(folder: Path) -> None:
    for name in ("population_total_a.csv", "population_total_b.csv"):
        (folder / name).write_text(TOTALS)
    with pytest.raises(FramsynError, match=r"_a\.csv and population_total_b\.csv"):
        Tables.open(folder)


def test_missing_column(folder: Path) -> None:
    told = message(folder, "code,year,persons\n005,2020,1\n")
    assert told.startswith("population_total_2020.csv has no column population")
    assert "It has: code, year, persons" in told


def test_negative_count(folder: Path) -> None:
    told = message(folder, TOTALS.replace(",20\n", ",-1\n"))
    assert "population_total_2020.csv, column population, row 3: -1 is less than 0" in told


def test_duplicated_row(folder: Path) -> None:
    told = message(folder, TOTALS + "005,2020,11\n")
    assert "row 4: code 005, year 2020 stands twice" in told


@pytest.mark.parametrize(
    "value", ["many", "41 00", "nan", "inf", "12a", "1_000", "0x10", "１２", "1e999", "9" * 400]
)
def test_text_in_a_number(folder: Path, value: str) -> None:
    told = message(folder, TOTALS.replace(",20\n", f",{value}\n"))
    assert f"column population, row 3: {value[:40]!r} is not a number" in told


def test_part_of_a_year(folder: Path) -> None:
    assert "is not a whole number" in message(folder, TOTALS.replace("020,2020", "020,2020.5"))


def test_blank_key(folder: Path) -> None:
    told = message(folder, TOTALS.replace("020,2020", "020,"))
    assert "column year, row 3: blank" in told


def test_codes_of_no_municipality(folder: Path) -> None:
    told = message(folder, "code,year,population\n7,2020,10\nSE-20,2020,20\n")
    assert "none of its codes (007, SE-20 …)" in told


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_empty_file(folder: Path, text: str) -> None:
    assert "population_total_2020.csv is empty" in message(folder, text)


def test_header_without_rows(folder: Path) -> None:
    assert "no rows" in message(folder, "code,year,population\n")


def test_ragged_row(folder: Path) -> None:
    told = message(folder, TOTALS + "005,2021,11,12,13\n")
    assert "population_total_2020.csv, row 4 has 5 cells, but there are 3 columns" in told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "municipalities.csv").write_bytes(MUNICIPALITIES.encode(encoding))
    tables = Tables.open(tmp_path)
    assert tables.need("municipalities")["name"].to_list() == ["Söderö", "Väst"]
    assert [note for note in tables.notes if "Windows-1252" in note] == (
        ["municipalities.csv is not in UTF-8 and was read as Windows-1252: check å, ä and ö."]
        if encoding in ("latin-1", "cp1252")
        else []
    )


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "municipalities.csv").write_bytes(MUNICIPALITIES.encode("cp850"))
    with pytest.raises(FramsynError, match=r"municipalities\.csv, row 2: .* neither UTF-8 nor Windows"):
        Tables.open(tmp_path)


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("code;year;population\n005;2020;4 100,50\n020;2020;..\n", [4100.5, None]),
        ("code;year;population\n005;2020;4\u00a0100,50\n020;2020;1.234\n", [4100.5, 1234.0]),
        ("code;year;population\n005;2020;1.234.567,5\n020;2020;−\n", [1234567.5, None]),
        ("code\tyear\tpopulation\n005\t2020\t3.25\n020\t2020\t1,234\n", [3.25, 1234.0]),
        ('"code";"year";"population"\n"KU005";"2020";"10,5"\n"FI-020";"2020";"x"\n', [10.5, None]),
        ("sep=;\ncode;year;population;;\n5;2020;10;;\n\n20;2020;-;;\n;;;;\n", [10.0, None]),
    ],
)
def test_every_usual_dialect_is_read(folder: Path, text: str, population: list[float | None]) -> None:
    (folder / "population_total.csv").write_text(text, encoding="utf-8")
    frame = Tables.open(folder).need("population_total")
    assert frame["population"].to_list() == population
    assert frame["code"].to_list() == ["005", "020"]


def test_a_number_that_may_be_two_is_refused(folder: Path) -> None:
    told = message(folder, "code;year;population\n005;2020;4.100\n020;2020;20\n")
    assert "column population, row 2: '4.100' is not a number, or could be two" in told


def test_marks_for_what_is_not_published_are_counted(folder: Path) -> None:
    (folder / "population_total.csv").write_text(TOTALS.replace(",20\n", ",..\n"))
    tables = Tables.open(folder)
    assert tables.need("population_total")["population"].to_list() == [10, None]
    assert tables.notes == ["population_total.csv: 1 cells with a mark such as .. are not published"]


def test_a_code_in_two_forms_is_one_code(folder: Path) -> None:
    assert "row 4: code 005, year 2020 stands twice" in message(folder, TOTALS + "KU005,2020,11\n")


def test_a_column_named_twice(folder: Path) -> None:
    told = message(folder, "code,year,population,year\n005,2020,10,2021\n")
    assert "row 1: the column year is there twice, as columns 2 and 4" in told


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("code,year,age,male,female\n005,2010,0-4,1,1\n", "column age, row 2: the ages are grouped (0-4)"),
        ("code,year,0-4,5-9,10-14,15+\n005,2010,1,1,1,1\n", "(columns 0-4, 5-9, 10-14 …)"),
        (
            "code,year,age,male,female\n" + "".join(f"005,2010,{age},1,1\n" for age in range(0, 101, 5)),
            "the ages of 2010 are grouped (0–4, 5–9, 10–14 …)",
        ),
    ],
)
def test_five_year_ages_are_refused_with_that_reason(folder: Path, text: str, groups: str) -> None:
    (folder / "population_age_sex.csv").write_text(text)
    with pytest.raises(FramsynError) as raised:
        Tables.open(folder).need("population_age_sex")
    assert groups in str(raised.value)
    assert "single years of age are needed" in str(raised.value)


@pytest.mark.parametrize(
    "content",
    [b"no gzip", gzip.compress(TOTALS.encode(), mtime=0)[:-9]],
    ids=["not packed", "cut off"],
)
def test_unreadable_gzip(folder: Path, content: bytes) -> None:
    (folder / "population_total.csv.gz").write_bytes(content)
    with pytest.raises(FramsynError, match=r"population_total\.csv\.gz cannot be unpacked"):
        Tables.open(folder).need("population_total")


def test_every_table_has_a_key_and_every_column_a_meaning() -> None:
    for schema in schemas().values():
        assert schema.keys, schema.name
        assert all(column.meaning for column in schema.columns), schema.name
        assert schema.improves, schema.name


@pytest.mark.data
def test_every_reference_table_is_known_and_sound(data_folder: Path) -> None:
    """Whoever lays another file into the folder breaks nothing: other files are left alone."""
    tables = Tables.open(data_folder)
    found = {_schema_name(name) for name in tables.names()}
    assert found == set(schemas())
    for name in tables.names():
        assert tables.need(name).height > 0
    assert tables.need("municipalities").height == 308
    assert any("net_costs" in note and "8 codes" in note for note in tables.notes)


def test_a_table_that_is_left_out_has_its_reason_and_is_in_no_table_of_the_schema() -> None:
    left_out = rows("tests.places", "tables_left_out.csv")
    assert len(left_out) == 9
    assert all(row["reason"] for row in left_out)
    assert [row["table"] for row in left_out if schema_of(f"{row['table']}_2020")] == []


def _schema_name(name: str) -> str:
    schema = schema_of(name)
    assert schema is not None
    return schema.name
