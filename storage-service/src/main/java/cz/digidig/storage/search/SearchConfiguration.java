package cz.digidig.storage.search;

import cz.digidig.storage.index.IndexLookup;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the search of the mailbox store. */
@Configuration(proxyBeanMethods = false)
class SearchConfiguration {
    @Bean
    MailboxSearch mailboxSearch(MailboxSource source, SearchProperties properties, IndexLookup index) {
        return new MailboxSearch(
                source, properties.cachedRows(), properties.cachedTexts().toBytes(), index, properties.indexFrom());
    }

    @Bean
    Correspondents correspondents(IndexLookup index, Clock clock) {
        return new Correspondents(index, clock);
    }
}
