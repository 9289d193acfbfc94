"""Frames in and out of PostgreSQL, the server itself, and the encryption of what it holds.

For: one way in (COPY within the caller's transaction), one way out (COPY to a frame), the embedded
server, JARING_HOME, keys and blind indexes.
Never: knows what a row means; decides who may read it.
"""
