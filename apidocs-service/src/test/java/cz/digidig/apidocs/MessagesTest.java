package cz.digidig.apidocs;

import cz.digidig.common.testing.MessageRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MessagesTest {
    @TestFactory
    Stream<DynamicTest> rules() {
        return MessageRules.of();
    }
}
