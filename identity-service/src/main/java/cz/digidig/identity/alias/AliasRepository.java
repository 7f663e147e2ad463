package cz.digidig.identity.alias;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

interface AliasRepository extends Repository<Alias, String> {
    Alias saveAndFlush(Alias alias);

    void delete(Alias alias);

    void flush();

    Optional<Alias> findById(String id);

    Optional<Alias> findByAddressKey(String addressKey);

    @NativeQuery("""
            select * from alias
            where address_key > :after
              and (address_key like :search or exists (select 1 from unnest(target_keys) t where t like :search))
              and (:everywhere or domain_id in (:domains))
            order by address_key
            """)
    List<Alias> page(String after, String search, boolean everywhere, List<String> domains, Limit limit);
}
