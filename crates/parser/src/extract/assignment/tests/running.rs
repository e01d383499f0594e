//! Duties in running text.

use super::check;

#[test]
fn leaders() {
    check(
        "建立经信部门牵头，发展改革、教育等有关部门共同参与的协同工作机制",
        &["lead 牵头 = 经信部门 inline", "support 参与 = 发展改革 | 教育 +等 inline"],
    );
    check(
        "建立由发展改革部门牵头、财政部门参与的工作机制",
        &["lead 牵头 = 发展改革部门 inline", "support 参与 = 财政部门 inline"],
    );
    check(
        "中国（上海）自由贸易试验区管委会负责组织实施",
        &["responsible 负责 = 中国(上海)自由贸易试验区管委会 inline"],
    );
    check("由省发展改革委负责牵头组织实施", &["lead 牵头 = 省发展改革委 inline"]);
    check(
        "建立由农业农村部、工业和信息化部牵头的国家农业机械化发展协调推进机制",
        &["lead 牵头 = 农业农村部 | 工业和信息化部 inline"],
    );
    check(
        "科技局牵头，会同人劳局、财政局组成项目验收组",
        &["lead 牵头 = 科技局 inline", "support 会同 = 人劳局 | 财政局 inline"],
    );
    check(
        "经信部门牵头，发展改革、教育、科技、市场监管（知识产权）、数据等有关部门共同参与",
        &[
            "lead 牵头 = 经信部门 inline",
            "support 参与 = 发展改革 | 教育 | 科技 | 市场监管(知识产权) | 数据 +等 inline",
        ],
    );
    check(
        "发展改革委要会同有关部门及时跟踪了解政策执行情况",
        &["lead - = 发展改革委 inline", "support 会同 = 有关部门 inline"],
    );
    check(
        "请人力资源社会保障部会同有关部门按照规定办理",
        &["lead - = 人力资源社会保障部 inline", "support 会同 = 有关部门 inline"],
    );
    check(
        "各地通信管理局要会同有关行业主管部门，完善跨行业协调机制",
        &["lead - = 各地通信管理局 inline", "support 会同 = 有关行业主管部门 inline"],
    );
    check(
        "数据管理机构应会同相关部门加强监管，指导和规范个人数据依法合理有效利用。",
        &["lead - = 数据管理机构 inline", "support 会同 = 相关部门 inline"],
    );
}

#[test]
fn brackets_amid_a_sentence() {
    check(
        "监督证书的实施（技工院校内由人力资源社会保障行政部门负责），定期检查",
        &["responsible 负责 = 人力资源社会保障行政部门 inline"],
    );
    check(
        "核准结果（由市住建局会同市财政局审核确认）报市政府",
        &["lead - = 市住建局 inline", "support 会同 = 市财政局 inline"],
    );
    check("年度计划（由各区编制的）应当备案", &[]);
}

#[test]
fn responsible() {
    check(
        "国务院公安部门负责全国公共安全视频系统建设、使用的指导和监督管理工作。国务院其他有关部门在各自职责范围内负责公共安全视频系统建设、使用的相关管理工作。",
        &[
            "responsible 负责 = 国务院公安部门 inline",
            "responsible 负责 = 国务院其他有关部门 inline",
        ],
    );
    check(
        "省发展改革委负责统筹协调和指导，推进场景培育和开放",
        &["responsible 负责 = 省发展改革委 inline"],
    );
    check(
        "国务院有关部门依照本条例规定，在各自职责范围内，负责相关监督管理工作。",
        &["responsible 负责 = 国务院有关部门 inline"],
    );
}

#[test]
fn subject_before_the_comma() {
    check(
        "市水利局要加强对节水工作的指导协调，会同有关部门进行监督检查和跟踪评估",
        &["lead - = 市水利局 inline", "support 会同 = 有关部门 inline"],
    );
    check(
        "海东自治区人民政府要按照国务院文件的规定，负责提供各项费用",
        &["responsible 负责 = 海东自治区人民政府 inline"],
    );
    check("财政部要加强指导协调，完善制度，牵头开展绩效评价", &["lead 牵头 = 财政部 inline"]);
    check(
        "国务院药品监督管理部门负责全国的监督管理工作，并会同国务院农业主管部门进行检查",
        &[
            "responsible 负责 = 国务院药品监督管理部门 inline",
            "support 会同 = 国务院农业主管部门 inline",
        ],
    );
    check(
        "国务院建立监管部际联席会议，负责协调解决重大问题",
        &["responsible 负责 = 监管部际联席会议 inline"],
    );
    check(
        "县级以上人民政府林业主管部门、兽医主管部门，应当按照职责分工负责疫病防治工作",
        &["joint 按照职责分工负责 = 县级以上人民政府林业主管部门 | 兽医主管部门 inline"],
    );
}

#[test]
fn subjects_of_laws() {
    check(
        "省、自治区、直辖市人民政府管理商标工作的部门负责本行政区域内的管理工作",
        &["responsible 负责 = 省、自治区、直辖市人民政府管理商标工作的部门 inline"],
    );
    check(
        "县级以上地方人民政府负责药品监督管理的部门负责本行政区域的监督管理工作",
        &["responsible 负责 = 县级以上地方人民政府负责药品监督管理的部门 inline"],
    );
    check(
        "具体办法由国务院管理节能工作的部门会同国务院有关部门制定",
        &["lead - = 国务院管理节能工作的部门 inline", "support 会同 = 国务院有关部门 inline"],
    );
    check(
        "省、自治区、直辖市人民政府负责保障本行政区域内的供给",
        &["responsible 负责 = 省、自治区、直辖市人民政府 inline"],
    );
    check(
        "市、县级市场监督管理部门负责监督检查",
        &["responsible 负责 = 市、县级市场监督管理部门 inline"],
    );
    check(
        "由国务院交通主管部门会同国务院自然资源、水行政、农业农村主管部门划定",
        &[
            "lead - = 国务院交通主管部门 inline",
            "support 会同 = 国务院自然资源 | 水行政 | 农业农村主管部门 inline",
        ],
    );
    check(
        "国务院环境保护部门和有关省、自治区、直辖市人民政府负责组织编制",
        &["responsible 负责 = 国务院环境保护部门 | 有关省、自治区、直辖市人民政府 inline"],
    );
    // The department is told by its work and has no duty of its own here.
    check(
        "国务院负责特种设备安全监督管理的部门应当公布目录",
        &["mention - = 国务院负责特种设备安全监督管理的部门 inline"],
    );
}

#[test]
fn consulting() {
    check(
        "具体办法由国务院商标行政部门商国务院司法行政部门另行制定",
        &["lead - = 国务院商标行政部门 inline", "support 商 = 国务院司法行政部门 inline"],
    );
    check(
        "由市商务局负责，市工商联配合",
        &["responsible 负责 = 市商务局 inline", "support 配合 = 市工商联 inline"],
    );
}

#[test]
fn words_behind_a_name() {
    for behind in [
        "研究制定考核办法",
        "组织编制规划",
        "建立信息平台",
        "对落实情况进行督查",
        "做好工作",
        "（单位）审核",
    ] {
        let names = if behind.starts_with('（') { "有关部门(单位)" } else { "有关部门" };
        check(
            &format!("省民政厅要会同有关部门{behind}"),
            &["lead - = 省民政厅 inline", &format!("support 会同 = {names} inline")],
        );
    }
    check("由市疾病预防控制中心等8家单位牵头实施", &["lead 牵头 = 市疾病预防控制中心 +等 inline"]);
    check("做好衔接，即省税务局牵头建立响应机制", &["lead 牵头 = 省税务局 inline"]);
    check("加强协调，即由省税务局牵头建立响应机制", &["lead 牵头 = 省税务局 inline"]);
    check(
        "市商务局牵头，市财政局、市科技局按职责分工负责",
        &["lead 牵头 = 市商务局 inline", "responsible 按职责分工负责 = 市财政局 | 市科技局 inline"],
    );
}

#[test]
fn the_past() {
    for text in [
        "水利部会同有关部门研究提出：为加快工程建设，统筹考虑了布局",
        "水利部会同财政部研究提出了办理意见",
        "市住建局会同市财政局联合制定了实施细则",
        "市住建局已会同市财政局赴现场进行调查",
        "近年来，市住建局牵头制定印发多项制度",
        "参加由省民政厅会同省教育厅组织的培训",
    ] {
        check(text, &[]);
    }
}

#[test]
fn receivers() {
    for text in [
        "制定实施方案，并报民政部备案",
        "将结果报本级人民政府和上级主管部门",
        "重大事项及时向国务院报告",
    ] {
        check(text, &[]);
    }
}

#[test]
fn no_duty() {
    for text in [
        "支持企业、科研院所等牵头组建创新联合体",
        "鼓励龙头企业、科研院所牵头制定国际标准",
        "支持高校、科研机构、龙头企业牵头建设开源研究机构",
        "对备案信息的真实性负责",
        "对直接负责的主管人员依法给予处分",
        "负有责任的领导人员",
        "辽宁省生态环境厅牵头起草了实施意见",
        "省发展改革委负责人介绍了情况",
        "牵头或参与制定相关国际标准",
        "在可信数据空间中负责日常运营和管理的主体",
        "分包单位向总承包单位负责",
        "严格落实核安全责任",
        "夯实五级书记抓乡村振兴政治责任",
        "压实企业主体责任，从源头上消除隐患",
        "有关单位或者个人应当予以协助、配合",
        "监察委员会对本级人民代表大会负责",
        "由各成员单位有关司局负责同志担任",
        "支持医疗、教育等行业主管部门牵头建设资源池",
    ] {
        check(text, &[]);
    }
}

#[test]
fn mentions() {
    check("各有关部门要加强工作衔接，把握好节奏和力度。", &["mention - = 各有关部门 inline"]);
    check(
        "书面送省生态环境厅，由其汇总后向省委、省政府报告。",
        &["mention - = 省生态环境厅 inline", "mention - = 省委 | 省政府 inline"],
    );
}

#[test]
fn whoever_stands_before_the_modal_leads_those_who_join() {
    check(
        "水利部门应加强规划，在开发利用水资源时，会同有关部门做好水土保持工作",
        &["lead - = 水利部门 inline", "support 会同 = 有关部门 inline"],
    );
}
