package cz.digidig.identity.domain;

import cz.digidig.common.rest.FieldProblem;
import cz.digidig.common.rest.InvalidFields;
import java.util.ArrayList;
import java.util.List;

/**
 * What a domain may have. 0 everywhere: no limit.
 *
 * @param maxAccounts how many accounts, deleted ones that can be restored among them
 * @param defaultQuota the storage limit of a new account for which none was said, in octets
 * @param maxQuota the largest storage limit of one account, in octets
 * @param totalQuota the largest sum of all accounts' storage limits, in octets
 * @param dailyMessages how many messages all accounts together may send in 24 hours
 */
record DomainLimits(int maxAccounts, long defaultQuota, long maxQuota, long totalQuota, int dailyMessages) {
    static final DomainLimits NONE = new DomainLimits(0, 0, 0, 0, 0);

    /**
     * Refuses what contradicts itself.
     *
     * @throws InvalidFields with a problem for each field
     */
    void require() {
        List<FieldProblem> problems = new ArrayList<>();
        if (maxQuota > 0 && defaultQuota > maxQuota) {
            problems.add(new FieldProblem("defaultQuota", "must be at most maxQuota"));
        }
        if (totalQuota > 0 && Math.max(defaultQuota, maxQuota) > totalQuota) {
            problems.add(new FieldProblem("totalQuota", "must be at least defaultQuota and maxQuota"));
        }
        if (totalQuota > 0 && usual() == 0) {
            problems.add(new FieldProblem("defaultQuota", "is needed where there is totalQuota, but no maxQuota"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
    }

    /** The storage limit of an account for which none was said. */
    long usual() {
        return defaultQuota > 0 ? defaultQuota : maxQuota;
    }

    /** As the audit log tells of it. */
    String told() {
        return "maxAccounts=" + maxAccounts + " defaultQuota=" + defaultQuota + " maxQuota=" + maxQuota + " totalQuota="
                + totalQuota + " dailyMessages=" + dailyMessages;
    }
}
