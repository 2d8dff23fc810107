"""The office: what organisers' pages are made of.

address, dates, details, words, audience, translated   rules and words, without Streamlit
acts                                       what an organiser does, each in one transaction, each in the log
markup                                     words people typed, in autoescaped templates only
listing, form, evening, reaching, ending, languages   the parts of the pages
offered, offering, recommended, contacts   what phones are offered after sending
"""
