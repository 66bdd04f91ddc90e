"""Read what is left of a damaged notebook.

Start at :func:`grader.submissions.repair.notebook.readings`.

============= ===================================================================
notebook      the bytes of a submission as notebooks of format 4.5
salvage       the bytes as plain cells, as far as they can be read
foreign       files that are no notebooks: what they are, and what to do next
strip_outputs leave out outputs before anything is parsed
encodings     bytes as text, in whatever encoding they were saved
conflicts     the versions between merge-conflict markers
broken_json   what can be read of broken JSON
paste         remove what pasting and merging leave in an answer
attachments   pictures that were pasted into text
============= ===================================================================
"""
