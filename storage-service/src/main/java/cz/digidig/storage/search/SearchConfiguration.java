package cz.digidig.storage.search;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the search of the mailbox store. */
@Configuration(proxyBeanMethods = false)
class SearchConfiguration {
    @Bean
    MailboxSearch mailboxSearch(MailboxSource source, SearchProperties properties) {
        return new MailboxSearch(
                source, properties.cachedRows(), properties.cachedTexts().toBytes());
    }
}
