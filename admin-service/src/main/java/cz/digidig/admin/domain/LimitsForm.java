package cz.digidig.admin.domain;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A domain's limits as they are typed; empty everywhere: no limit.
 *
 * @param maxAccounts how many accounts
 * @param defaultQuota megabytes of a new account
 * @param maxQuota megabytes of one account at most
 * @param totalQuota megabytes of all accounts together
 * @param dailyMessages messages that all accounts together may send in a day
 */
record LimitsForm(String maxAccounts, String defaultQuota, String maxQuota, String totalQuota, String dailyMessages) {
    private static final long MEGA = 1024L * 1024;

    LimitsForm(
            @Nullable String maxAccounts,
            @Nullable String defaultQuota,
            @Nullable String maxQuota,
            @Nullable String totalQuota,
            @Nullable String dailyMessages) {
        this.maxAccounts = plain(maxAccounts);
        this.defaultQuota = plain(defaultQuota);
        this.maxQuota = plain(maxQuota);
        this.totalQuota = plain(totalQuota);
        this.dailyMessages = plain(dailyMessages);
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    static LimitsForm of(JsonNode limits) {
        return new LimitsForm(
                number(limits, "maxAccounts", 1),
                number(limits, "defaultQuota", MEGA),
                number(limits, "maxQuota", MEGA),
                number(limits, "totalQuota", MEGA),
                number(limits, "dailyMessages", 1));
    }

    private static String number(JsonNode limits, String name, long unit) {
        long value = limits.path(name).asLong(0);
        return value == 0 ? "" : String.valueOf(value / unit);
    }

    /** By field, what is no number. */
    Map<String, String> problems() {
        Map<String, String> problems = new HashMap<>();
        Map.of(
                        "maxAccounts", maxAccounts,
                        "defaultQuota", defaultQuota,
                        "maxQuota", maxQuota,
                        "totalQuota", totalQuota,
                        "dailyMessages", dailyMessages)
                .forEach((name, text) -> {
                    if (!text.matches("\\d{0,9}")) {
                        problems.put(name, "not-a-number");
                    }
                });
        return problems;
    }

    /** What identity is asked for. */
    ObjectNode body() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("maxAccounts", value(maxAccounts))
                .put("defaultQuota", value(defaultQuota) * MEGA)
                .put("maxQuota", value(maxQuota) * MEGA)
                .put("totalQuota", value(totalQuota) * MEGA)
                .put("dailyMessages", value(dailyMessages));
    }

    private static long value(String text) {
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }
}
