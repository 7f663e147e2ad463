package cz.digidig.admin.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccountCsvTest {
    @Test
    void readsQuotesCommasAndLineEnds() {
        List<AccountRow> rows = AccountCsv.read(
                "\ufeffdisplayName,EMAIL,password,quotaMB\r\n\"Doe, \"\"J\"\"\nJr\",j@a.example,long enough,5\r\n\r\n");
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().good()).isTrue();
        assertThat(rows.getFirst().form().displayName()).isEqualTo("Doe, \"J\"\nJr");
        assertThat(rows.getFirst().form().creation().path("quota").asLong(0)).isEqualTo(5L * 1024 * 1024);
    }

    @Test
    void saysWhatIsWrongWithARow() {
        List<AccountRow> rows = AccountCsv.read("""
                email,password,roles,quotaMB
                a@a.example,long enough,user admin,1
                nobody,long enough,user,1
                b@a.example,short,user,1
                c@a.example,long enough,root,1
                d@a.example,long enough,user,much
                A@A.example,long enough,user,1
                e@a.example,long enough
                """);
        assertThat(rows.stream().map(AccountRow::problem))
                .containsExactly("", "address", "password", "roles", "quota", "twice", "columns");
    }

    @Test
    void aFileWithoutAHeadIsNotUsable() {
        assertThat(AccountCsv.read("a@a.example,long enough\n")).isEmpty();
        assertThat(AccountCsv.read("")).isEmpty();
    }

    @Test
    void cellsAreNoFormulas() {
        assertThat(AccountCsv.line(List.of("=1+1", "a\"b", "plain"))).isEqualTo("\"'=1+1\",\"a\"\"b\",\"plain\"\r\n");
    }
}
