package cz.digidig.identity.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cz.digidig.identity.settings.CurrentSettings;
import cz.digidig.identity.settings.IdentitySettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final String ALICE = "alice@digidig.test";
    private static final String HOME = "192.0.2.1";

    private final MutableClock clock = new MutableClock();
    private final Throttle throttle = new Throttle(new CurrentSettings(() -> IdentitySettings.DEFAULTS), clock);

    @Test
    void theFirstFailuresAreFreeAndThenTheWaitDoubles() {
        fail(ALICE, HOME, 4);
        assertThat(wait(ALICE, HOME)).isZero();

        throttle.failed(ALICE, HOME);
        assertThat(wait(ALICE, HOME)).isEqualTo(Duration.ofSeconds(1));

        throttle.failed(ALICE, HOME);
        throttle.failed(ALICE, HOME);
        assertThat(wait(ALICE, HOME)).isEqualTo(Duration.ofSeconds(4));
        clock.advance(Duration.ofMillis(3999));
        assertThat(wait(ALICE, HOME)).isEqualTo(Duration.ofMillis(1));
        clock.advance(Duration.ofMillis(1));
        assertThat(wait(ALICE, HOME)).isZero();
    }

    @Test
    void theWaitIsNeverLongerThanAQuarterOfAnHour() {
        fail(ALICE, HOME, 10_000);

        assertThat(wait(ALICE, HOME)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aSuccessClearsThePairAndNotTheAddress() {
        throttle.succeeded("guesser@digidig.test", "203.0.113.9");
        for (int i = 0; i < 25; i++) {
            throttle.failed("victim" + i + "@digidig.test", "203.0.113.9");
        }
        throttle.succeeded("guesser@digidig.test", "203.0.113.9");

        assertThat(wait("victim99@digidig.test", "203.0.113.9")).isPositive();
    }

    @Test
    void anAttackFromManyAddressesSlowsTheAccountForStrangersButNotForItsOwner() {
        throttle.succeeded(ALICE, HOME);
        for (int i = 0; i < 200; i++) {
            throttle.failed(ALICE, "198.51.100." + i);
        }

        assertThat(wait(ALICE, "198.51.100.250")).isPositive();
        assertThatCode(() -> throttle.check(ALICE, HOME)).doesNotThrowAnyException();
    }

    @Test
    void aCarelessNeighbourBehindTheSameAddressDoesNotKeepAKnownAccountOut() {
        throttle.succeeded(ALICE, HOME);
        for (int i = 0; i < 40; i++) {
            throttle.failed("neighbour" + i + "@digidig.test", HOME);
        }

        assertThat(wait(ALICE, HOME)).isZero();
        assertThat(wait("stranger@digidig.test", HOME)).isPositive();
    }

    @Test
    void aKnownPairIsStillJudgedByItsOwnFailures() {
        throttle.succeeded(ALICE, HOME);
        fail(ALICE, HOME, 8);

        assertThatThrownBy(() -> throttle.check(ALICE, HOME)).isInstanceOf(TooManyAttempts.class);
    }

    @Test
    void oneIpv6NetworkIsOnePlace() {
        for (int i = 0; i < 20; i++) {
            throttle.failed("someone" + i + "@digidig.test", "2001:db8:1:2::" + i);
        }

        assertThat(wait("other@digidig.test", "2001:db8:1:2:ffff::1")).isPositive();
        assertThat(wait("other@digidig.test", "2001:db8:1:3::1")).isZero();
    }

    @Test
    void textThatIsNoAddressIsOnePlaceToo() {
        for (int i = 0; i < 20; i++) {
            throttle.failed("someone" + i + "@digidig.test", "nonsense " + i);
        }

        assertThat(wait("other@digidig.test", "")).isPositive();
    }

    private void fail(String account, String client, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(account, client);
        }
    }

    private Duration wait(String account, String client) {
        TooManyAttempts thrown = catchThrowableOfType(TooManyAttempts.class, () -> throttle.check(account, client));
        return thrown == null ? Duration.ZERO : thrown.retryAfter();
    }
}
