package cz.digidig.storage.index;

import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** The words of texts for the index. Nothing is one behind the other across two texts. */
final class WordStream extends TokenStream {
    private static final int GAP = 1000;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final List<String> texts;
    private int next;
    private Words words = new Words("");
    private boolean gap;

    WordStream(List<String> texts) {
        this.texts = texts;
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        while (!words.next()) {
            if (next == texts.size()) {
                return false;
            }
            gap = next > 0;
            words = new Words(texts.get(next++));
        }
        term.append(texts.get(next - 1), words.start(), words.end());
        if (gap) {
            increment.setPositionIncrement(GAP);
            gap = false;
        }
        return true;
    }
}
