package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricNamesTest {
    @Test
    void anExpressionNamesItsMetricsAndLabels() {
        assertThat(
                        MetricNames.asked(
                                "sum by (service, x) (rate(a_seconds_count{code=~\"4..\",verb!=\"DA}TA\"}[5m])) * 60 > 1e9 and b_c < 0.1"))
                .isEqualTo(Map.of("a_seconds_count", Set.of("code", "verb"), "b_c", Set.of()));
        assertThat(MetricNames.asked("expiry_seconds - time() < 14 * 86400"))
                .isEqualTo(Map.of("expiry_seconds", Set.of()));
    }

    @Test
    void aScrapeShowsMetricsAndLabels() {
        assertThat(MetricNames.shown(
                        "# HELP a_total x\n# TYPE a_total counter\na_total{k=\"v\",l=\"w\"} 1.0\nb 2.0E9\n"))
                .isEqualTo(Map.of("a_total", Set.of("k", "l"), "b", Set.of()));
    }
}
