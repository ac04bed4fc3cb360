"""Readers for the data that LXMERT was trained on, in the file formats in which it is published.

Every reader streams: a file of several gigabytes is never held as one Python object. A file that is not of the
expected format raises `WrongFormat`, which says where and why.

`python -m models.data.published check …` reads files and prints what is in them;
`python -m models.data.published store …` puts the regions of feature files where training finds them fast.
"""
