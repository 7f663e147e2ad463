package cz.digidig.identity;

import cz.digidig.identity.credential.PasswordHasher;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Counts how often a password is hashed, for tests of what an attempt costs. */
@TestConfiguration(proxyBeanMethods = false)
class CountedHashes {
    static final class Hasher extends PasswordHasher {
        private final AtomicLong count = new AtomicLong();

        long count() {
            return count.get();
        }

        @Override
        public String hash(String password) {
            count.incrementAndGet();
            return super.hash(password);
        }

        @Override
        public boolean matches(String password, String hash, Runnable gate) {
            count.incrementAndGet();
            return super.matches(password, hash, gate);
        }
    }

    @Bean
    @Primary
    Hasher countedHashes() {
        return new Hasher();
    }
}
