#!/usr/bin/env python3
"""Compares ENVELOPE and BODYSTRUCTURE with what Python's email package reads.

usage: compare_structure.py RESULTS FOLDER [--manifest MANIFEST.tsv] [--all] [--show N]

RESULTS has a line for each message: its path in FOLDER, the value of ENVELOPE and that of BODYSTRUCTURE, separated by
tabs, with backslash, CR, LF and tab escaped as in C, octets as ISO 8859-1. Line ends of the files are made CRLF first.
Messages that the manifest calls malformed are passed over unless --all is given. Prints each difference as
path, what, ours, theirs; then how many there are of each kind. Ends with 1 where there is a difference of a kind that is
not in KNOWN; docs/mime-differences.md gives the reasons for those.
"""
import argparse
import collections
import email
import email.message
import email.utils
import re
import sys

# Kinds that are a matter of reading; each has its paragraph in docs/mime-differences.md.
KNOWN = {
    'address: comment', 'address: no host', 'address: quoted', 'address: no angle brackets', 'address: @ in the name',
    'address: domain literal', 'params: comment', 'params: continuation', 'params: broken', 'encoding: broken',
    'parts: none', 'parts: no boundary', 'parts: depth', 'message: encoded', 'message: other type',
    'line ends: bare CR',
}


class Reader:
    """IMAP values: lists as list, strings as str, numbers as int, NIL as None."""

    def __init__(self, text):
        self.text, self.at = text, 0

    def value(self):
        t, c = self.text, self.text[self.at]
        if c == '(':
            self.at += 1
            items = []
            while t[self.at] != ')':
                if t[self.at] == ' ':
                    self.at += 1
                items.append(self.value())
            self.at += 1
            return items
        if c == '"':
            end, out = self.at + 1, []
            while t[end] != '"':
                if t[end] == '\\':
                    end += 1
                out.append(t[end])
                end += 1
            self.at = end + 1
            return ''.join(out)
        if c == '{':
            close = t.index('}', self.at)
            n = int(t[self.at + 1:close])
            start = close + 3
            self.at = start + n
            return t[start:start + n]
        if t.startswith('NIL', self.at):
            self.at += 3
            return None
        m = re.compile(r'\d+').match(t, self.at)
        self.at = m.end()
        return int(m.group())


def unescape(text):
    return re.sub(r'\\(.)', lambda m: {'r': '\r', 'n': '\n', 't': '\t', '\\': '\\'}[m.group(1)], text)


def octets(text):
    """A str of Python's email (surrogates for 8-bit) as octets in ISO 8859-1."""
    return str(text).encode('ascii', 'surrogateescape').decode('latin-1')


def raw(message, name, every=False):
    values = [v for k, v in message._headers if k.lower() == name]
    if not values:
        return None
    values = [octets(v).replace('\r', '').replace('\n', '').replace('\0', '').strip(' \t') for v in values]
    return ', '.join(values) if every else values[0]


class Comparison:
    def __init__(self, path, show):
        self.path, self.found, self.show = path, [], show

    def differ(self, kind, ours, theirs):
        self.found.append(kind)
        if self.show(kind):
            print('%s\t%s\t%.300r\t%.300r' % (self.path, kind, ours, theirs))

    def envelope(self, ours, message):
        for index, name in ((0, 'date'), (1, 'subject'), (8, 'in-reply-to'), (9, 'message-id')):
            theirs = raw(message, name)
            if ours[index] != theirs:
                self.differ('field: ' + name, ours[index], theirs)
        for index, name in ((2, 'from'), (3, 'sender'), (4, 'reply-to'), (5, 'to'), (6, 'cc'), (7, 'bcc')):
            value = raw(message, name, every=True)
            if index in (3, 4) and not any(a or n for n, a in email.utils.getaddresses([value or ''])):
                value = raw(message, 'from', every=True)
            self.addresses(name, ours[index], value or '')

    def addresses(self, name, ours, value):
        mine = [(a[0] or '', a[2] + ('@' + a[3] if a[3] else '')) for a in ours or [] if a[3] is not None]
        theirs = [(n, a) for n, a in email.utils.getaddresses([value]) if n or a]
        if mine == theirs:
            return
        if '(' in value:
            plain = [a for _, a in mine] == [a for _, a in theirs]
            kind = 'address: comment' if plain else 'address: comment in ' + name
        elif any('@' not in a for _, a in mine) or any('@' not in a for _, a in theirs):
            kind = 'address: no host'
        elif '"' in value:
            kind = 'address: quoted'
        elif re.search(r'@\S*\s*<', value):
            kind = 'address: @ in the name'
        elif '@[' in value:
            kind = 'address: domain literal'
        elif '<' not in value and ' ' in value:
            kind = 'address: no angle brackets'
        else:
            kind = 'address: ' + name
        self.differ(kind, ours and mine, (theirs, value))

    def part(self, ours, part):
        multipart = isinstance(ours[0], list)
        inside = part.get_payload() if part.is_multipart() else None
        kind = part.get_content_type()
        if multipart:
            parts = [p for p in ours if isinstance(p, list)]
            count = next(i for i, p in enumerate(ours) if not isinstance(p, list))
            parts = ours[:count]
            if kind != 'multipart/' + ours[count].lower():
                self.differ('type', 'multipart/' + ours[count], kind)
                return
            if not isinstance(inside, list) or len(inside) != len(parts):
                empty = len(parts) == 1 and parts[0][6] == 0
                known = 'parts: none' if empty and not isinstance(inside, list) else 'parts'
                self.differ(known, len(parts), inside and len(inside))
                return
            self.parameters(ours[count + 1], part, 'content-type', kind)
            self.disposition(ours[count + 2], part)
            for a, b in zip(parts, inside):
                self.part(a, b)
            return
        mine = (ours[0] + '/' + ours[1]).lower()
        if mine != kind:
            multipart = kind.startswith('multipart/')
            deep = 'parts: depth' if mine == 'application/octet-stream' else 'parts: no boundary'
            self.differ(deep if multipart else 'type', mine, kind)
            return
        self.parameters(ours[2], part, 'content-type', kind)
        for index, name in ((3, 'content-id'), (4, 'content-description')):
            if (ours[index] or '') != (raw(part, name) or ''):
                self.differ('field: ' + name, ours[index], raw(part, name))
        encoding = (raw(part, 'content-transfer-encoding') or '7bit').lower()
        if ours[5].lower() != encoding:
            self.differ('encoding: broken' if re.search('[;(]', encoding) else 'encoding', ours[5], encoding)
        extension = 7
        if mine in ('message/rfc822', 'message/global'):
            self.nested(ours, part, inside)
            extension = 10
        elif isinstance(inside, list):
            known = 'message: other type' if kind.startswith('message/') else 'parts'
            self.differ(known, 'leaf', len(inside))
        else:
            body = octets(part._payload or '')  # get_payload() would decode 8-bit text
            if ours[6] != len(body):
                self.differ('octets', ours[6], len(body))
            if mine.startswith('text/'):
                extension = 8
                if ours[7] != body.count('\n'):
                    self.differ('lines', ours[7], body.count('\n'))
        self.disposition(ours[extension + 1], part)

    def nested(self, ours, part, inside):
        if not isinstance(inside, list) or len(inside) != 1:
            self.differ('message', 'message', inside and len(inside))
            return
        if (raw(part, 'content-transfer-encoding') or '7bit').lower() not in ('7bit', '8bit', 'binary'):
            self.differ('message: encoded', ours[5], None)
            return
        self.envelope(ours[7], inside[0])
        self.part(ours[8], inside[0])

    def pairs(self, part, header):
        # A message of its own, since 8-bit values of the real one come as objects that hide their octets.
        alone = email.message.Message()
        alone[header] = raw(part, header) or ''
        return [(k.lower(), v) for k, v in alone.get_params(header=header, failobj=[], unquote=True)]

    def parameters(self, ours, part, header, kind):
        mine = list(zip([p.lower() for p in (ours or [])[::2]], (ours or [])[1::2]))
        value = raw(part, header)
        if kind == 'text/plain' and ('charset', 'us-ascii') in mine and not re.search(r'charset\s*=', value or '', re.I):
            mine.remove(('charset', 'us-ascii'))
        theirs = self.pairs(part, header)[1:]
        if header == 'content-type' and value is None:
            theirs = []
        if mine == theirs or [m for m in mine if m[1]] == [t for t in theirs if t[1]]:
            return
        if '(' in (value or ''):
            kind = 'params: comment'
        elif any('*' in k for k, _ in mine):
            kind = 'params: continuation'
        elif re.search(r'"[^";]*"\s*[^;\s"]', value or ''):
            kind = 'params: broken'
        else:
            kind = 'params: ' + header
        self.differ(kind, mine, (theirs, value))

    def disposition(self, ours, part):
        value = raw(part, 'content-disposition')
        if not ours:
            if value:
                self.differ('disposition', ours, value)
            return
        theirs = self.pairs(part, 'content-disposition')
        if not theirs or ours[0].lower() != theirs[0][0].split('(')[0].strip():
            self.differ('params: broken' if '=' in ours[0] else 'disposition', ours, value)
            return
        self.parameters(ours[1], part, 'content-disposition', '')


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument('results')
    arguments.add_argument('folder')
    arguments.add_argument('--manifest')
    arguments.add_argument('--all', action='store_true', help='malformed messages too')
    arguments.add_argument('--known', action='store_true', help='print differences of known kinds too')
    options = arguments.parse_args()
    malformed = set()
    if options.manifest and not options.all:
        for line in open(options.manifest, encoding='utf-8'):
            fields = line.rstrip('\n').split('\t')
            if 'malformed' in fields[5]:
                malformed.add(fields[0])
    compared = equal = 0
    kinds = collections.Counter()
    for line in open(options.results, encoding='latin-1', newline='\n'):
        path, envelope, structure = line.rstrip('\n').split('\t')
        if path in malformed:
            continue
        with open(options.folder + '/' + path, 'rb') as file:
            data = re.sub(rb'(?<!\r)\n', b'\r\n', file.read())
        message = email.message_from_bytes(data)
        if message.defects and not options.all:
            continue
        cr = re.search(rb'\r(?!\n)', data)
        comparison = Comparison(path, lambda kind: options.known or (kind not in KNOWN and not cr))
        comparison.envelope(Reader(unescape(envelope)).value(), message)
        comparison.part(Reader(unescape(structure)).value(), message)
        if cr and comparison.found:
            comparison.found = ['line ends: bare CR']
        compared += 1
        equal += not comparison.found
        kinds.update(comparison.found)
    print('%d compared, %d equal' % (compared, equal))
    for kind, count in kinds.most_common():
        print('%6d  %s%s' % (count, kind, '' if kind in KNOWN else '  (UNKNOWN)'))
    return 1 if any(kind not in KNOWN for kind in kinds) else 0


if __name__ == '__main__':
    sys.exit(main())
