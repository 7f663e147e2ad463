package cz.digidig.smtp.delivery;

import cz.digidig.smtp.spool.QueuedMessage;
import java.time.Clock;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** A message and when it is to be looked at, milliseconds of the epoch. */
record Due(QueuedMessage message, long at, Clock clock) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(at - clock.millis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return other instanceof Due due
                ? Long.compare(at, due.at)
                : Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
    }
}
