"""A sheet on the screen: sentences in autoescaped templates, pictures with their sentence, tables anyone can read."""

import streamlit as st

from survey.charts.picture import Picture
from survey.screen.evidence.pickers import print_address
from survey.screen.evidence.sheet import Block, Comment, Sheet
from survey.screen.templating import rendered, stylesheet

QUOTE = {True: "Yes, without a name", False: "Do not quote"}


def head(title: str) -> None:
    """Begin an evidence page: its look, and its title in the browser."""
    st.set_page_config(page_title=f"{title} – Houselights", layout="wide")
    st.html(stylesheet("evidence/evidence.css"))


def show_sheet(sheet: Sheet, *, page: str) -> None:
    """Show a sheet on the screen."""
    st.html(rendered("evidence/lead.html", sheet=sheet, paper=print_address(page)))
    for plain, blocks in sheet.groups:
        if plain:
            st.html(rendered("evidence/plain.html", blocks=blocks))
            continue
        for block in blocks:
            show_block(block)
    if sheet.notes:
        st.html(rendered("evidence/notes.html", sheet=sheet))
    if sheet.comments:
        show_comments(sheet.comments)
    st.html(rendered("evidence/foot.html", sheet=sheet))


def show_block(block: Block) -> None:
    """Show one block: a wide picture under its sentences, any other picture beside them."""
    if block.wide or block.picture is None:
        st.html(rendered("evidence/block.html", block=block))
        if block.picture:
            show_picture(block.picture)
        if block.tables:
            st.html(rendered("evidence/tables.html", block=block, open=block.picture is None))
        return
    st.html(rendered("evidence/heading.html", block=block))
    left, right = st.columns([13, 7], gap="large")
    with left:
        show_picture(block.picture)
    with right:
        st.html(
            rendered("evidence/words.html", block=block)
            + rendered("evidence/tables.html", block=block, open=False)
        )


def show_picture(picture: Picture) -> None:
    """Show a picture with its sentence for those who cannot see it."""
    st.vega_lite_chart(picture.spec, theme=None, width="content", alt=picture.words)


def show_comments(comments: tuple[Comment, ...]) -> None:
    """Show what people wrote, in no order, apart from every other answer."""
    st.html(rendered("evidence/comments.html", count=len(comments)))
    st.dataframe(
        {
            "What people wrote": [one.text for one in comments],
            "May be quoted": [QUOTE[one.quote_ok] for one in comments],
        },
        hide_index=True,
        column_config={"What people wrote": st.column_config.TextColumn(width="large")},
    )


def begin(title: str, sentence: str) -> None:
    """Say what a page needs before it has anything to show, and lead there."""
    st.html(rendered("evidence/begin.html", title=title, sentence=sentence))


def say(sentence: str) -> None:
    """Say one sentence where there is nothing else to show."""
    st.html(rendered("evidence/sentence.html", sentence=sentence))
