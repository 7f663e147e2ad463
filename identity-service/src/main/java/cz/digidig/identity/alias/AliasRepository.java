package cz.digidig.identity.alias;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** Aliases that are no groups. */
interface AliasRepository extends Repository<Alias, String> {
    Alias saveAndFlush(Alias alias);

    void delete(Alias alias);

    void flush();

    @NativeQuery("select * from alias where id = :id and group_name is null")
    Optional<Alias> findById(String id);

    /** A group counts too: it has the address. */
    @NativeQuery("select count(*) from alias where address_key = :addressKey")
    int countByAddressKey(String addressKey);

    @NativeQuery("select * from alias where address_key = :addressKey and group_name is null")
    Optional<Alias> findByAddressKey(String addressKey);

    @NativeQuery("""
            select * from alias
            where group_name is null and address_key > :after
              and (address_key like :search or exists (select 1 from unnest(target_keys) t where t like :search))
              and (:everywhere or domain_id in (:domains))
            order by address_key
            """)
    List<Alias> page(String after, String search, boolean everywhere, List<String> domains, Limit limit);
}
