package cz.digidig.identity.group;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.identity.address.AddressRegister;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.change.Changes;
import cz.digidig.identity.domain.Domain;
import cz.digidig.identity.domain.Domains;
import cz.digidig.identity.domain.Reach;
import cz.digidig.identity.web.Cursor;
import cz.digidig.identity.web.OpaqueId;
import cz.digidig.identity.web.Refusals;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The life of groups. What is out of reach is not there. */
@Service
class Groups {
    static final int MOST_MEMBERS = 500;

    private static final String PAGE = """
            select * from alias
            where group_name is not null and address_key > :after
              and (address_key like :search or lower(group_name) like :search
                or exists (select 1 from unnest(target_keys) t where t like :search))
              and (:everywhere or domain_id in (:domains))
            order by address_key limit :fetch
            """;

    private final AddressRegister addresses;
    private final Domains domains;
    private final Changes changes;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final Clock clock;

    Groups(AddressRegister addresses, Domains domains, Changes changes, Audit audit, JdbcClient jdbc, Clock clock) {
        this.addresses = addresses;
        this.domains = domains;
        this.changes = changes;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Group> page(Cursor cursor, Reach reach) {
        return jdbc.sql(PAGE)
                .param("after", cursor.after())
                .param("search", cursor.search())
                .param("everywhere", reach.everywhere())
                .param("domains", reach.listed())
                .param("fetch", cursor.fetch())
                .query(Group::read)
                .list();
    }

    /** A group by its id or its address. */
    Group get(String reference, Reach reach) {
        return find(reference, reach, "");
    }

    private Group find(String reference, Reach reach, String lock) {
        String key = EmailAddress.parse(reference).map(EmailAddress::key).orElse("");
        return jdbc.sql("""
                        select * from alias where group_name is not null and (id = :id or address_key = :key)
                          and (:everywhere or domain_id in (:domains))
                        """ + lock)
                .param("id", reference)
                .param("key", key)
                .param("everywhere", reach.everywhere())
                .param("domains", reach.listed())
                .query(Group::read)
                .optional()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such group"));
    }

    /** Makes a group and returns its id. */
    @Transactional
    String create(String text, String name, List<String> members, Posting posting, Reach reach) {
        EmailAddress address = EmailAddress.parse(text).orElseThrow(() -> Refusals.field("address", "not an address"));
        Domain domain = domains.named(address.domain())
                .filter(found -> reach.covers(found.id()))
                .orElseThrow(() -> Refusals.field("address", "the domain " + address.domain() + " is not served here"));
        Members parsed = Members.parse(address.key(), members);
        String id = OpaqueId.at(clock.millis());
        try {
            jdbc.sql("""
                            insert into alias (id, version, address, address_key, domain_id, enabled, targets, target_keys,
                                created_at, group_name, posting)
                            values (?, 0, ?, ?, ?, true, ?::text[], ?::text[], ?, ?, ?)
                            """)
                    .params(
                            id,
                            address.toString(),
                            address.key(),
                            domain.id(),
                            parsed.array(),
                            parsed.keyArray(),
                            Timestamp.from(clock.instant()),
                            name.strip(),
                            posting.label())
                    .update();
        } catch (DuplicateKeyException taken) {
            throw new ProblemException(ErrorCode.EXISTS, "The address " + address.key() + " exists already");
        }
        addresses.claimForAlias(address.key(), id);
        tell(AuditAction.GROUP_CREATED, get(id, reach));
        return id;
    }

    @Transactional
    Group change(String reference, GroupChange wanted, Reach reach) {
        Group group = find(reference, reach, "for update");
        Members members =
                Members.parse(key(group.address()), wanted.members() == null ? group.members() : wanted.members());
        return put(
                new Group(
                        group.id(),
                        group.address(),
                        wanted.name() == null ? group.name() : wanted.name().strip(),
                        members.addresses(),
                        wanted.posting() == null ? group.posting() : wanted.posting(),
                        wanted.enabled() == null ? group.enabled() : wanted.enabled(),
                        group.createdAt()),
                members);
    }

    @Transactional
    Group add(String reference, String member, Reach reach) {
        Group group = find(reference, reach, "for update");
        List<String> members = new ArrayList<>(group.members());
        members.add(member);
        return put(group, Members.parse(key(group.address()), members));
    }

    @Transactional
    Group remove(String reference, String member, Reach reach) {
        Group group = find(reference, reach, "for update");
        List<String> members = group.members().stream()
                .filter(one -> !key(one).equals(key(member)))
                .toList();
        if (members.size() == group.members().size()) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "There is no such member");
        }
        return put(group, Members.parse(key(group.address()), members));
    }

    private Group put(Group group, Members members) {
        jdbc.sql("""
                        update alias set version = version + 1, group_name = ?, posting = ?, enabled = ?,
                          targets = ?::text[], target_keys = ?::text[]
                        where id = ?
                        """)
                .params(
                        group.name(),
                        group.posting().label(),
                        group.enabled(),
                        members.array(),
                        members.keyArray(),
                        group.id())
                .update();
        Group changed = get(group.id(), Reach.EVERYWHERE);
        tell(AuditAction.GROUP_CHANGED, changed);
        return changed;
    }

    @Transactional
    void delete(String reference, Reach reach) {
        Group group = find(reference, reach, "for update");
        jdbc.sql("delete from alias where id = ?").param(group.id()).update();
        tell(AuditAction.GROUP_DELETED, group);
    }

    private void tell(AuditAction action, Group group) {
        changes.alias(group.id());
        String key = key(group.address());
        audit.record(
                action,
                group.address(),
                key.substring(key.lastIndexOf('@') + 1),
                group.members().size() + " members, posting " + group.posting().label());
    }

    /** The form by which a group comes in a list. */
    static String keyOf(Group group) {
        return key(group.address());
    }

    private static String key(String address) {
        return EmailAddress.parse(address).map(EmailAddress::key).orElse("");
    }
}
