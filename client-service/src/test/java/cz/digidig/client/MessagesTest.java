package cz.digidig.client;

import cz.digidig.common.testing.MessageRules;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MessagesTest {
    @Test
    void bothLanguagesAreWhole() throws IOException {
        MessageRules.check();
    }
}
