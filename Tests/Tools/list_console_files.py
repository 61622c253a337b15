#!/usr/bin/env python3
"""Writes Sources/CLibraries/CConsole/CConsole.c anew: the list of templates, assets and texts that the program embeds.

Run it after adding or removing a file there; a test says when it was forgotten.
"""
import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BASE = os.path.join(ROOT, "Sources/CLibraries/CConsole")
FOLDERS = [
    ("Sources/Edges/WebConsole/Files/assets", "assets/"),
    ("Sources/Edges/WebConsole/Files/templates", "templates/"),
    ("Config/locales", "locales/"),
]
HEAD = """\
// Every file of the console, embedded. Written by Tests/Tools/list_console_files.py; a test finds one that was forgotten.

#include "CConsole.h"

// #embed is known to the compiler, though newer than the standard that the package names.
#pragma clang diagnostic ignored "-Wc23-extensions"

"""
TAIL = """\
};

size_t im_console_file_count(void) { return sizeof(files) / sizeof(files[0]); }

const im_console_file *im_console_file_at(size_t index) { return &files[index]; }
"""


def main():
    files = []
    for folder, prefix in FOLDERS:
        for name in sorted(os.listdir(os.path.join(ROOT, folder))):
            path = os.path.relpath(os.path.join(ROOT, folder, name), BASE)
            files.append((prefix + name, path, re.sub("[^a-z0-9]", "_", prefix + name)))
    text = HEAD
    for _, path, word in files:
        text += f'static const unsigned char {word}[] = {{\n#embed "{path}"\n}};\n'
    text += "\nstatic const im_console_file files[] = {\n"
    for name, _, word in files:
        text += f'    {{"{name}", {word}, sizeof({word})}},\n'
    with open(os.path.join(BASE, "CConsole.c"), "w", encoding="utf-8") as out:
        out.write(text + TAIL)


main()
