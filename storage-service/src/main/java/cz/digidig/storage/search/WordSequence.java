package cz.digidig.storage.search;

import cz.digidig.storage.index.Region;
import cz.digidig.storage.index.TextCondition;
import cz.digidig.storage.index.Words;
import java.util.List;

/** Tests a text for words, one behind the other, as the index does. */
record WordSequence(TextCondition.HasWords wanted) {
    boolean in(SearchedText text) {
        for (Region region : wanted.regions()) {
            if (in(text, region)) {
                return true;
            }
        }
        return false;
    }

    private boolean in(SearchedText text, Region region) {
        return switch (region) {
            case FROM, TO, CC, BCC, SUBJECT -> {
                for (String value : text.values("\n" + region.field() + ":")) {
                    if (inPiece(value)) {
                        yield true;
                    }
                }
                yield false;
            }
            case BODY -> inPiece(text.body());
            case NAMES -> {
                for (String name : text.names().split("\n", -1)) {
                    if (inPiece(name)) {
                        yield true;
                    }
                }
                yield false;
            }
            case HEADERS -> false;
        };
    }

    private boolean inPiece(String octets) {
        if (!octets.contains(SearchedText.octets(wanted.words().getFirst()))) {
            return false;
        }
        List<String> words = wanted.words();
        List<String> there = Words.of(SearchedText.characters(octets));
        for (int start = 0; start + words.size() <= there.size(); start++) {
            if (isAt(there, start)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(List<String> there, int start) {
        int last = wanted.words().size() - 1;
        for (int i = 0; i < last; i++) {
            if (!there.get(start + i).equals(wanted.words().get(i))) {
                return false;
            }
        }
        return wanted.matchesLast(there.get(start + last));
    }
}
